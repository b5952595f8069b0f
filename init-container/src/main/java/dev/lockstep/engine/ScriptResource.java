package dev.lockstep.engine;

import java.io.Reader;
import java.io.StringReader;
import org.flywaydb.core.api.resource.LoadableResource;

/// A script that Flyway reads from memory.
final class ScriptResource extends LoadableResource {
    private final String file;
    private final String text;
    private final String place;

    ScriptResource(String file, String text) {
        this(file, text, file);
    }

    /// @param place the file that a person wrote
    ScriptResource(String file, String text, String place) {
        this.file = file;
        this.text = text;
        this.place = place;
    }

    @Override
    public Reader read() {
        return new StringReader(text);
    }

    @Override
    public String getAbsolutePath() {
        return file;
    }

    @Override
    public String getAbsolutePathOnDisk() {
        return place;
    }

    @Override
    public String getFilename() {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    @Override
    public String getRelativePath() {
        return file;
    }
}
