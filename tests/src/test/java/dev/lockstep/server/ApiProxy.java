package dev.lockstep.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.SocketFactory;

/// Stands between the operator and the API server, counts what is asked for, and decides what becomes of it. Listens
/// in clear on the loopback; each request goes on over a connection of its own, so that none can be mistaken for
/// another. What follows a request's head is passed on as it comes, and so are watches, whichever protocol they have.
public final class ApiProxy implements AutoCloseable {
    /// Of a request or of its answer.
    private static final int TOO_MANY = 429;
    private static final int HEAD_MAX = 1 << 16;

    /// What only holds between two neighbours.
    private static final Set<String> BETWEEN_TWO = Set.of("host", "connection", "upgrade", "http2-settings");

    private final ServerSocket listening;
    private final URI server;
    private final SocketFactory sockets;
    private final Watches watches = new Watches();
    private final List<ApiCall> calls = new CopyOnWriteArrayList<>();
    private final Map<String, String> lists = new ConcurrentHashMap<>();
    private volatile Court court = _ -> new Fate.Passed();

    /// Decides about each call, in the thread that carries it.
    @FunctionalInterface
    public interface Court {
        Fate of(ApiCall call);
    }

    /// What becomes of a call.
    public sealed interface Fate {
        /// It is carried to the API server, and its answer back.
        record Passed() implements Fate {}

        /// The API server is asked for something else, and its answer is carried back.
        record Turned(String target) implements Fate {}

        /// It gets this answer, and the API server does not hear of it.
        record Answered(int status, String reason) implements Fate {}

        /// It never comes to the API server.
        record Lost(Runnable deed) implements Fate {}

        /// The API server has carried it out, and nobody hears its answer.
        record Unheard(Runnable deed) implements Fate {}

        /// It gets an answer of before.
        record Old(String answer) implements Fate {}
    }

    /// @param server the API server's address
    /// @param sockets that trust it
    public ApiProxy(URI server, SocketFactory sockets) throws IOException {
        this.server = server;
        this.sockets = sockets;
        this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /// Where it listens.
    public URI address() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /// From now on this decides.
    public void judge(Court next) {
        court = next;
    }

    /// What each list has been answered with last, by its path and query.
    public Map<String, String> lists() {
        return Map.copyOf(lists);
    }

    /// All since the start, in their order.
    public List<ApiCall> calls() {
        return List.copyOf(calls);
    }

    /// The streams of changes: to hold them back, or to cut them.
    public Watches watches() {
        return watches;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                Thread.ofPlatform().daemon().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            var in = new BufferedInputStream(client.getInputStream());
            var head = head(in);
            if (head.isEmpty()) return;
            var call = ApiCall.of(head.getFirst());
            calls.add(call);
            carry(call, head, in, client);
        } catch (IOException gone) {
            // Either side may end a connection at any time.
        }
    }

    private void carry(ApiCall call, List<String> head, InputStream in, Socket client) throws IOException {
        switch (court.of(call)) {
            case Fate.Passed() -> pass(call, head, in, client, client.getOutputStream());
            case Fate.Turned(var target) ->
                pass(call, turned(call, target, head), in, client, client.getOutputStream());
            case Fate.Answered(var status, var reason) -> answer(client.getOutputStream(), status, reason);
            case Fate.Lost(var deed) -> deed.run();
            case Fate.Unheard(var deed) -> {
                pass(call, head, in, client, OutputStream.nullOutputStream());
                deed.run();
            }
            case Fate.Old(var answer) -> client.getOutputStream().write(answer.getBytes(ISO_8859_1));
        }
    }

    private static List<String> turned(ApiCall call, String target, List<String> head) {
        var line = head.getFirst().replace(" " + call.target() + " ", " " + target + " ");
        return Stream.concat(Stream.of(line), head.stream().skip(1)).toList();
    }

    private void pass(ApiCall call, List<String> head, InputStream in, Socket client, OutputStream out)
            throws IOException {
        try (var behind = sockets.createSocket(server.getHost(), server.getPort())) {
            behind.getOutputStream().write(onwards(head).getBytes(ISO_8859_1));
            Thread.ofPlatform().daemon().start(() -> upload(in, behind));
            if (call.isWatch()) {
                watches.relay(behind, client);
            } else if (call.isList()) {
                var answer = behind.getInputStream().readAllBytes();
                lists.put(call.target(), new String(answer, ISO_8859_1));
                out.write(answer);
            } else {
                behind.getInputStream().transferTo(out);
            }
        }
    }

    private static void upload(InputStream in, Socket behind) {
        try {
            var out = behind.getOutputStream();
            var some = new byte[1 << 14];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                out.write(some, 0, n);
                out.flush();
            }
        } catch (IOException gone) {
            // As in serve.
        }
    }

    /// A connection is used once, and never for another protocol but that of watches.
    private String onwards(List<String> head) {
        boolean socket = head.stream().anyMatch(it -> it.equalsIgnoreCase("upgrade: websocket"));
        var own = socket ? List.of("Connection: Upgrade", "Upgrade: websocket") : List.of("Connection: close");
        var kept = head.stream().skip(1).filter(it -> !BETWEEN_TWO.contains(name(it)));
        var host = Stream.of("Host: " + server.getHost() + ":" + server.getPort());
        return Stream.of(head.stream().limit(1), host, own.stream(), kept)
                .flatMap(it -> it)
                .collect(Collectors.joining("\r\n", "", "\r\n\r\n"));
    }

    private static String name(String line) {
        return line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT);
    }

    /// As the API server words it.
    /// Who comes too often is told when to come again, as by the API server's priority and fairness.
    private static void answer(OutputStream out, int status, String reason) throws IOException {
        var body = """
                {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"%s","message":"%s","code":%d}
                """.formatted(reason, reason, status).getBytes(UTF_8);
        out.write("""
                HTTP/1.1 %d %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                Connection: close\r
                %s\r
                """.formatted(status, reason, body.length, status == TOO_MANY ? "Retry-After: 1\r\n" : "")
                .getBytes(UTF_8));
        out.write(body);
    }

    /// The first lines of a request or of an answer; none when it breaks off.
    static List<String> head(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && bytes.size() < HEAD_MAX; b = in.read()) {
            bytes.write(b);
            if (b == '\n' && bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                return bytes.toString(ISO_8859_1).strip().lines().toList();
            }
        }
        return List.of();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        watches.cut();
    }
}
