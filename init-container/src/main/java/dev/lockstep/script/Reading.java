package dev.lockstep.script;

import dev.lockstep.handover.Code;
import dev.lockstep.handover.Failure;
import dev.lockstep.handover.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes scripts and callbacks of files.
///
/// @param files path below the folder with `/` → text
record Reading(Conventions conventions, Map<String, String> files) {

    /// @throws Refusal `ScriptInvalid` with file and line
    Script script(String file, Name.OfScript name) throws Refusal {
        var written = text(file);
        var conf = conf(file);
        var header = HeaderReader.read(file, written);
        var filled = fill(file, written, conf, header.batch().isPresent());
        var flaw = filled.unknown().map(unknown -> unknown(file, unknown));
        if (flaw.isPresent() && name.kind() == Kind.REPEATABLE) {
            throw new Refusal(flaw.get());
        }
        var statements = Lexer.statements(filled.text());
        return new Script(
                name.kind(),
                name.version(),
                name.description(),
                file,
                filled.text(),
                Checksum.of(name.kind() == Kind.REPEATABLE ? filled.text() : written),
                HeaderReader.read(file, filled.text()),
                conf.forFlyway(),
                conventions.mixed(),
                flaw.or(() -> command(file, statements)).or(() -> misfit(file, header, statements, filled.text())),
                statements);
    }

    /// What its author perhaps meant otherwise, one line each.
    List<String> doubts(String file) {
        return HeaderReader.doubts(file, text(file));
    }

    /// @throws Refusal `ScriptInvalid` with file and line
    Callback callback(String file, Name.OfCallback name) throws Refusal {
        if (Moment.REFUSED.contains(name.event())) {
            throw new Refusal(
                    Code.ScriptInvalid,
                    file + ":1",
                    "callbacks at " + name.event() + " are not supported",
                    "move what it does to another callback or to a script, or the file out of the folder");
        }
        var conf = conf(file);
        var filled = fill(file, text(file), conf, false);
        if (filled.unknown().isPresent()) {
            throw new Refusal(unknown(file, filled.unknown().get()));
        }
        return new Callback(name.event(), name.description(), file, filled.text(), conf.forFlyway());
    }

    private String text(String file) {
        var text = files.getOrDefault(file, "");
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private Conf conf(String file) throws Refusal {
        var text = Optional.ofNullable(files.get(file + ".conf"));
        return text.isPresent() ? Conf.read(file + ".conf", filledConf(file, text.get())) : Conf.NONE;
    }

    private String filledConf(String file, String text) throws Refusal {
        var filled = fill(file, text, Conf.NONE, false);
        if (filled.unknown().isPresent()) {
            throw new Refusal(unknown(file + ".conf", filled.unknown().get()));
        }
        return filled.text();
    }

    /// @param batch its marker stays
    private Placeholders.Filled fill(String file, String text, Conf conf, boolean batch) {
        var placeholders = conventions.placeholders();
        var simple = file.substring(file.lastIndexOf('/') + 1);
        return placeholders
                .with(Map.of(placeholders.builtIn("filename"), simple))
                .with(batch ? Map.of("batch", Batch.MARKER) : Map.of())
                .only(conf.replacing().orElse(placeholders.replacing()))
                .fill(text);
    }

    private static Failure unknown(String file, Placeholders.Unknown unknown) {
        return new Failure(
                Code.ScriptInvalid,
                file + ":" + unknown.line(),
                "the placeholder " + unknown.placeholder() + " has no value",
                "give it one with --placeholder NAME=VALUE; if it is none, write placeholderReplacement=false into the script's .conf");
    }

    private static Optional<Failure> misfit(String file, Header header, List<Statement> statements, String text) {
        return header.batch()
                .flatMap(batch -> batch.misfit(statements, text))
                .map(why -> new Failure(
                        Code.ScriptInvalid,
                        file + ":"
                                + statements.stream()
                                        .findFirst()
                                        .map(Statement::line)
                                        .orElse(1),
                        "the script says 'Batch:' and " + why,
                        "for example: update orders set total = 0 where ${batch} and total is null;"));
    }

    /// A backslash outside of strings, names and copied rows is no SQL anywhere.
    private static Optional<Failure> command(String file, List<Statement> statements) {
        return statements.stream()
                .flatMap(statement -> statement.tokens().stream())
                .filter(token -> token.is("\\"))
                .findFirst()
                .map(token -> new Failure(
                        Code.ScriptInvalid,
                        file + ":" + token.line(),
                        "a line begins with a backslash: that is a command of psql, not SQL",
                        "delete the line; a dump made by pg_dump has such lines at its beginning and end"));
    }
}
