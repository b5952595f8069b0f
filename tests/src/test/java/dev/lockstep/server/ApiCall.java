package dev.lockstep.server;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A request to the API server, named as its rules name it.
///
/// @param verb `get`, `list`, `watch`, `create`, `patch`, `update`, `delete`
/// @param group of the API; empty for the oldest
/// @param resource with its subresource, as `schemamigrations/status`; empty for what is no resource
/// @param target path and query, as they came
public record ApiCall(String verb, String group, String resource, String target) {
    private static final Pattern RESOURCE =
            Pattern.compile("/(?:api|apis/(?<group>[^/]+))/[^/]+(?:/namespaces/[^/]+(?=/))?/(?<resource>[^/]+)"
                    + "(?:/(?<name>[^/]+)(?:/(?<sub>[^/]+))?)?");

    /// @param line the first of a request
    static ApiCall of(String line) {
        var words = line.split(" ", -1);
        var uri = URI.create(words[1]);
        var query = Optional.ofNullable(uri.getQuery()).orElse("");
        var match = RESOURCE.matcher(uri.getPath());
        if (!match.matches()) return new ApiCall(words[0].toLowerCase(Locale.ROOT), "", "", words[1]);
        var sub = Optional.ofNullable(match.group("sub")).map(it -> "/" + it).orElse("");
        return new ApiCall(
                verb(words[0], match.group("name") != null, query.contains("watch=true")),
                Optional.ofNullable(match.group("group")).orElse(""),
                match.group("resource") + sub,
                words[1]);
    }

    private static String verb(String method, boolean named, boolean watch) {
        return switch (method) {
            case "GET" -> watch ? "watch" : named ? "get" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }

    public boolean isWatch() {
        return verb.equals("watch");
    }

    public boolean isList() {
        return verb.equals("list");
    }

    /// Does it change anything?
    public boolean isWrite() {
        return !isWatch() && !isList() && !verb.equals("get");
    }

    @Override
    public String toString() {
        return verb + " " + (group.isEmpty() ? "" : group + "/") + resource;
    }
}
