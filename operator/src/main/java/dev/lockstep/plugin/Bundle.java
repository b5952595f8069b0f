package dev.lockstep.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a report is made of, and what is not in it.
final class Bundle {
    private final String title;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();

    /// @param title of the README
    Bundle(String title) {
        this.title = title;
    }

    /// Asked of the API server.
    interface Part {
        String read() throws Refused;
    }

    void add(String path, Part part) {
        try {
            texts.put(path, part.read());
        } catch (Refused refused) {
            lacks(path, refused.problem());
        }
    }

    void lacks(String what, Problem problem) {
        missing.add(what + ": " + problem.line());
    }

    void lacks(String what, String why) {
        missing.add(what + ": " + Plain.of(why));
    }

    /// What could not be had, a line each.
    List<String> missing() {
        return List.copyOf(missing);
    }

    /// All of it in one folder, the README first.
    Map<String, String> files(String folder) {
        var files = new LinkedHashMap<String, String>();
        files.put(folder + "/README.md", readme());
        texts.forEach((path, text) -> files.put(folder + "/" + path, text));
        return files;
    }

    private String readme() {
        var missed = missing.isEmpty() ? "- nothing\n" : lines(missing);
        return """
                # %s

                In it:

                %s
                Left out on purpose, blacked out as `%s`:

                - Secrets: none was read, and none is named but in the resource's own spec
                - the texts of scripts, which hold SQL: of inline ones there are length and digest; ConfigMaps of scripts are not in it
                - values of `placeholders`, wherever they stand
                - values of environment variables, but for the Order, which holds no credentials
                - annotations by which tools repeat what they have applied
                - in the runs' logs: details, quoted texts, rows and numbers of the database's own words
                - in the operator's log: lines about other resources, unless they are warnings or errors

                Could not be had:

                %s""".formatted(title, lines(List.copyOf(texts.keySet())), Redaction.BLACK, missed);
    }

    private static String lines(List<String> lines) {
        var text = new StringBuilder();
        lines.forEach(line -> text.append("- ").append(line).append('\n'));
        return text.toString();
    }
}
