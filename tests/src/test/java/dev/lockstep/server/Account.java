package dev.lockstep.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Whom PostgreSQL's programs run as: they refuse root, so under root it is `nobody`, else whoever runs the
/// tests.
record Account(List<String> prefix) {
    Account {
        prefix = List.copyOf(prefix);
    }

    static Account ofThisProcess() {
        return "root".equals(System.getProperty("user.name"))
                ? new Account(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"))
                : new Account(List.of("setpriv"));
    }

    boolean isAnother() {
        return prefix.size() > 1;
    }

    /// Makes the directory belong to this account.
    void give(Path directory) throws IOException {
        if (!isAnother()) return;
        var nobody = directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(directory, nobody);
    }

    /// The command as this account, ended at once when the thread that starts it is gone.
    List<String> untilParentDies(String... command) {
        return with("--pdeathsig=QUIT", command);
    }

    void run(Path directory, String... command) {
        run(directory, Path.of("/dev/null"), command);
    }

    /// Runs the command to its end, with a file as its input that the account itself need not be able to read.
    void run(Path directory, Path input, String... command) {
        try {
            var process = new ProcessBuilder(with("--pdeathsig=KILL", command))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(input.toFile())
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed:\n" + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> with(String option, String... command) {
        return Stream.of(prefix.stream(), Stream.of(option), Stream.of(command))
                .flatMap(part -> part)
                .toList();
    }
}
