package dev.lockstep.tidy;

import java.util.List;

/// One Java file, as far as the rules look at it.
///
/// @param path from the repository's root
/// @param packageName dotted; its last word is what the rules go by
/// @param lines how many the file has
/// @param types the names of the types declared in it, and of types nested in those
/// @param mentions dotted names in its code, imports included, and `new Name` for every constructor called
/// @param literals its string constants
record Source(
        String path,
        String packageName,
        int lines,
        List<String> types,
        List<Method> methods,
        List<String> mentions,
        List<String> literals) {
    /// A method or constructor with a body.
    ///
    /// @param lines from the opening brace to the closing one
    record Method(String name, int line, int lines) {}

    Source {
        types = List.copyOf(types);
        methods = List.copyOf(methods);
        mentions = List.copyOf(mentions);
        literals = List.copyOf(literals);
    }

    String word() {
        return packageName.substring(packageName.lastIndexOf('.') + 1);
    }

    boolean isProduct() {
        return path.contains("src/main/java/");
    }

    boolean isMain() {
        return path.endsWith("/Main.java");
    }
}
