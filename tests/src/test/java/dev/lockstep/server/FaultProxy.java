package dev.lockstep.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Stands between a client and a PostgreSQL server and does harm once, at the first message that has a certain text.
/// Knows the protocol as far as that, without TLS.
public final class FaultProxy implements AutoCloseable {
    private static final int LARGEST = 1 << 26;

    /// So long after the message has been passed on its statement is at work.
    private static final Duration AT_WORK = Duration.ofMillis(300);

    private final ServerSocket listening;
    private final int server;
    private final Moment moment;
    private final Harm harm;
    private final AtomicBoolean done = new AtomicBoolean();

    /// @param text of the statement
    /// @param afterwards once the server has it
    public record Moment(String text, boolean afterwards) {}

    /// What is done, by the thread that passes messages on.
    public sealed interface Harm {
        /// Both ends of every connection are closed.
        record Cut() implements Harm {}

        /// Nothing is passed on for so long.
        record Stall(Duration time) implements Harm {}

        /// From now on each message takes so much longer.
        record Slow(Duration time) implements Harm {}

        /// Something else happens elsewhere.
        record Deed(Runnable deed) implements Harm {}
    }

    /// @param server its port on this machine
    public FaultProxy(int server, Moment moment, Harm harm) throws IOException {
        this.server = server;
        this.moment = moment;
        this.harm = harm;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /// Has the message come by?
    public boolean isDone() {
        return done.get();
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

    private boolean isCut() {
        return done.get() && harm instanceof Harm.Cut;
    }

    private void serve(Socket client) {
        try (client;
                var behind = new Socket(InetAddress.getLoopbackAddress(), server)) {
            if (isCut()) {
                return;
            }
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            Thread.ofPlatform().daemon().start(() -> answer(behind, client));
            forward(new DataInputStream(client.getInputStream()), behind.getOutputStream());
        } catch (IOException gone) {
            // Either side may end a connection at any time.
        }
    }

    private static void answer(Socket behind, Socket client) {
        try (client) {
            behind.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException gone) {
            // As above.
        }
    }

    /// The first message has no type.
    private void forward(DataInputStream in, OutputStream out) throws IOException {
        out.write(message(in));
        while (true) {
            int type = in.read();
            if (type < 0) {
                return;
            }
            var body = message(in);
            boolean now = new String(body, StandardCharsets.UTF_8).contains(moment.text()) && !done.getAndSet(true);
            if (now && !moment.afterwards() && isFatal()) {
                return;
            }
            if (done.get() && harm instanceof Harm.Slow(var time)) {
                Pause.of(time);
            }
            out.write(type);
            out.write(body);
            out.flush();
            if (now && moment.afterwards() && isFatal()) {
                return;
            }
        }
    }

    /// Does the harm.
    ///
    /// @return true: the connection is over
    private boolean isFatal() {
        return switch (harm) {
            case Harm.Cut cut -> {
                Pause.of(moment.afterwards() ? AT_WORK : Duration.ZERO);
                yield true;
            }
            case Harm.Stall(var time) -> {
                Pause.of(time);
                yield false;
            }
            case Harm.Slow slow -> false;
            case Harm.Deed(var deed) -> {
                Pause.of(moment.afterwards() ? AT_WORK : Duration.ZERO);
                deed.run();
                yield false;
            }
        };
    }

    private static byte[] message(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 4 || length > LARGEST) {
            throw new IOException("no message: " + length);
        }
        var whole = new byte[length];
        whole[0] = (byte) (length >>> 24);
        whole[1] = (byte) (length >>> 16);
        whole[2] = (byte) (length >>> 8);
        whole[3] = (byte) length;
        in.readFully(whole, 4, length - 4);
        return whole;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
