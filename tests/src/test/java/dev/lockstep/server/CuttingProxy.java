package dev.lockstep.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands between a client and a PostgreSQL server and cuts every connection at the n-th request: a `Query` or a
/// `Sync`,
/// each of which is one round trip. Knows the protocol as far as that, without TLS.
/// Source: PostgreSQL documentation, "Frontend/Backend Protocol", Message Formats.
public final class CuttingProxy implements AutoCloseable {
    private static final int LARGEST = 1 << 26;

    private final ServerSocket listening;
    private final int server;
    private final int cutAt;
    private final boolean afterwards;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /// @param server its port on this machine
    /// @param cutAt from 1; at 0 nothing is cut
    /// @param afterwards the n-th request still reaches the server, and its answer is lost
    public CuttingProxy(int server, int cutAt, boolean afterwards) throws IOException {
        this.server = server;
        this.cutAt = cutAt;
        this.afterwards = afterwards;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /// How many there were.
    public int requests() {
        return requests.get();
    }

    public int connections() {
        return connections.get();
    }

    /// The statements of each request that has any, one after the other.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private boolean isCut() {
        return cutAt > 0 && requests.get() >= cutAt;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                var behind = new Socket(InetAddress.getLoopbackAddress(), server)) {
            connections.incrementAndGet();
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            if (isCut()) {
                return;
            }
            Thread.ofVirtual().start(() -> answer(behind, client));
            forward(new DataInputStream(client.getInputStream()), behind.getOutputStream());
        } catch (IOException gone) {
            // Either side may end a connection at any time.
        }
    }

    private void answer(Socket behind, Socket client) {
        var buffer = new byte[8192];
        try {
            var in = behind.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (isCut()) {
                    behind.close();
                    client.close();
                    return;
                }
                client.getOutputStream().write(buffer, 0, read);
            }
            client.close();
        } catch (IOException gone) {
            // As above.
        }
    }

    /// The first message has no type. Messages before the one that is counted may wait in front of it.
    private void forward(DataInputStream in, OutputStream out) throws IOException {
        copy(in, out, in.readInt());
        var statements = new StringBuilder();
        while (true) {
            int type = in.read();
            if (type < 0) {
                return;
            }
            boolean counts = type == 'Q' || type == 'S';
            int number = counts ? requests.incrementAndGet() : requests.get();
            if (cutAt > 0 && number >= cutAt && !(afterwards && counts && number == cutAt)) {
                return;
            }
            out.write(type);
            statements.append(statement(type, copy(in, out, in.readInt())));
            if (counts && !statements.isEmpty()) {
                asked.add(statements.toString());
                statements.setLength(0);
            }
            if (cutAt > 0 && number >= cutAt) {
                drain(in);
                return;
            }
        }
    }

    /// Keeps the server's side open until it has answered, so that it does what it was asked to.
    private void drain(DataInputStream in) throws IOException {
        while (in.read() >= 0) {
            // The client knows nothing of the cut until the answer does not come.
        }
    }

    /// `Query` begins with it, `Parse` with a name before it; no other message has one.
    private static String statement(int type, byte[] message) {
        var texts = new String(message, StandardCharsets.UTF_8).split("\0", 3);
        return switch (type) {
            case 'Q' -> texts[0] + "\n";
            case 'P' -> texts[1] + "\n";
            default -> "";
        };
    }

    private static byte[] copy(DataInputStream in, OutputStream out, int length) throws IOException {
        if (length < 4 || length > LARGEST) {
            throw new IOException("no message: " + length);
        }
        var rest = in.readNBytes(length - 4);
        out.write(new byte[] {(byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length});
        out.write(rest);
        out.flush();
        return rest;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
