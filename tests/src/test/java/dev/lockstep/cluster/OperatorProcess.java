package dev.lockstep.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.server.ApiProxy;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// The operator as a process of this machine, with the rights and the settings of the installed one. It reaches the
/// API server through a proxy, and can be killed and started again.
final class OperatorProcess implements AutoCloseable {
    private final Map<String, String> settings;
    private final String main;
    private final Path log;
    private final int port;
    private Process process;

    /// @param main the class that starts it
    private OperatorProcess(String main, Map<String, String> settings, Path log, int port) throws IOException {
        this.main = main;
        this.settings = settings;
        this.log = log;
        this.port = port;
        this.process = run();
    }

    /// @param folder for its log and its credentials
    /// @param more settings beside those of the chart, or in their place
    static OperatorProcess start(Installed installed, ApiProxy proxy, Path folder, Map<String, String> more)
            throws IOException {
        return start("dev.lockstep.operator.Main", installed, proxy, folder, more);
    }

    /// With nothing between it and the API server.
    static OperatorProcess straight(Installed installed, Path folder, Map<String, String> more) throws IOException {
        return start(
                "dev.lockstep.operator.Main", installed, installed.cluster().address(), folder, more);
    }

    static OperatorProcess start(
            String main, Installed installed, ApiProxy proxy, Path folder, Map<String, String> more)
            throws IOException {
        return start(main, installed, "server: " + proxy.address(), folder, more);
    }

    private static OperatorProcess start(
            String main, Installed installed, String address, Path folder, Map<String, String> more)
            throws IOException {
        var config = Files.writeString(
                Files.createTempFile(folder, "operator-", ".config"),
                Cluster.kubeconfig(address, installed.token(), installed.namespace()));
        int port = anyPort();
        var settings = installed.settings();
        settings.put("KUBECONFIG", config.toString());
        settings.put("LOCKSTEP_PROBE_PORT", Integer.toString(port));
        settings.put("JDK_JAVA_OPTIONS", "-Xmx128m");
        settings.putAll(more);
        return new OperatorProcess(main, settings, Files.createTempFile(folder, "operator-", ".log"), port);
    }

    /// A proxy in front of the installed operator's API server.
    static ApiProxy proxy(Installed installed) throws IOException {
        var configuration = installed.cluster().client().getConfiguration();
        try {
            // Not the administrator's certificate: the operator is known by its token.
            var trusting = SSLContext.getInstance("TLS");
            trusting.init(null, SSLUtils.trustManagers(configuration), null);
            return new ApiProxy(URI.create(configuration.getMasterUrl()), trusting.getSocketFactory());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int anyPort() throws IOException {
        try (var any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    private Process run() throws IOException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(settings);
        return builder.start();
    }

    /// Waits until it leads, or stands by, with its watches in place.
    OperatorProcess awaitReady() {
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::isReady);
            return this;
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(log(), late);
        }
    }

    private boolean isReady() {
        try {
            var asked = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/readyz").toURL().openConnection();
            return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException absent) {
            return false;
        }
    }

    /// What it counts.
    String metrics() throws IOException {
        try (var in =
                URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /// Without a word, and another begins at once.
    void killAndStart() {
        kill();
        try {
            process = run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Without a word.
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param name as `kill` has it
    void signal(String name) {
        var finished = Shell.run(List.of("kill", "-" + name, Long.toString(process.pid())));
        if (!finished.succeeded()) throw new AssertionError(finished.output());
    }

    boolean isEnded() {
        return !process.isAlive();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) kill();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
