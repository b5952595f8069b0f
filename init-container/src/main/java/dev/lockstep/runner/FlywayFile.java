package dev.lockstep.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.lockstep.handover.Code;
import dev.lockstep.handover.Refusal;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Reads `flyway.toml` and `flyway.conf` into names without `flyway.` and values; several values are joined by commas.
final class FlywayFile {
    private FlywayFile() {}

    /// The one that lies here, if one does.
    static Optional<Path> found() {
        return Optional.of(Path.of("flyway.toml"))
                .filter(Files::isRegularFile)
                .or(() -> Optional.of(Path.of("flyway.conf")).filter(Files::isRegularFile));
    }

    /// @throws Refusal `FilesMissing`, or `Usage` for a file that cannot be understood
    static Map<String, String> read(Path file) throws Refusal {
        try {
            var text = Files.readString(file);
            return file.toString().endsWith(".toml") ? toml(file, text) : conf(file, text);
        } catch (IOException e) {
            throw new Refusal(
                    Code.FilesMissing,
                    file.toString(),
                    "cannot be read as UTF-8",
                    "name Flyway's configuration with --flyway-config");
        }
    }

    /// A backslash is one, but for the last of a line: Flyway reads paths of Windows that way.
    private static Map<String, String> conf(Path file, String text) throws Refusal {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text.replaceAll("\\\\(?!\\r?\\n)", "\\\\\\\\")));
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(file);
        }
        var settings = new TreeMap<String, String>();
        for (var name : properties.stringPropertyNames()) {
            if (name.startsWith("flyway.")) {
                settings.put(
                        name.substring("flyway.".length()),
                        properties.getProperty(name, "").strip());
            }
        }
        return settings;
    }

    private static Map<String, String> toml(Path file, String text) throws Refusal {
        try {
            var root = new TomlMapper().readTree(text);
            var settings = new TreeMap<String, String>();
            flatten("", root.path("flyway"), settings);
            var environment = settings.getOrDefault("environment", "default");
            flatten("", root.path("environments").path(environment), settings);
            return settings;
        } catch (JsonProcessingException e) {
            throw unreadable(file);
        }
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> settings) {
        node.properties().forEach(entry -> {
            var name = prefix + entry.getKey();
            var value = entry.getValue();
            if (value.isObject()) {
                flatten(name + ".", value, settings);
            } else if (value.isArray()) {
                var elements = StreamSupport.stream(value.spliterator(), false);
                settings.put(name, elements.map(JsonNode::asText).collect(Collectors.joining(",")));
            } else {
                settings.put(name, value.asText());
            }
        });
    }

    private static Refusal unreadable(Path file) {
        return new Refusal(
                Code.Usage, file.toString(), "is not a configuration of Flyway", "correct it, or name another file");
    }
}
