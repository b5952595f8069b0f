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
    private final AtomicBoolean met = new AtomicBoolean();
    private final AtomicBoolean done = new AtomicBoolean();

    /// Until then nothing passes, by [System#nanoTime].
    private volatile long silent = System.nanoTime();

    /// @param text of the statement
    /// @param afterwards once the server has been asked to carry it out, which takes several messages
    public record Moment(String text, boolean afterwards) {}

    /// What is done, by the thread that passes messages on.
    public sealed interface Harm {
        /// Both ends of every connection are closed.
        record Cut() implements Harm {}

        /// For so long nothing is passed on, in either direction, on any connection.
        record Stall(Duration time) implements Harm {}

        /// The same, and neither end hears that the other is gone. Then both ends are closed.
        record HalfOpen(Duration time) implements Harm {}

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

    /// Has the message come by, and the harm begun?
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

    /// No message will pass any more.
    private boolean isOver() {
        return done.get() && (harm instanceof Harm.Cut || harm instanceof Harm.HalfOpen);
    }

    /// Comes back when the network is there again.
    private void awaitNetwork() {
        long left = silent - System.nanoTime();
        if (left > 0) {
            Pause.of(Duration.ofNanos(left));
        }
    }

    private void serve(Socket client) {
        try (client;
                var behind = new Socket(InetAddress.getLoopbackAddress(), server)) {
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            Thread.ofPlatform().daemon().start(() -> answer(behind, client));
            forward(client, behind);
        } catch (IOException gone) {
            // Either side may end a connection at any time.
        }
    }

    private void answer(Socket behind, Socket client) {
        var buffer = new byte[1 << 13];
        try (client) {
            var in = behind.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitNetwork();
                if (isOver()) {
                    return;
                }
                client.getOutputStream().write(buffer, 0, read);
            }
            awaitNetwork();
        } catch (IOException gone) {
            // As above.
        }
    }

    /// That one end has closed is not heard either while the network is silent.
    private void forward(Socket client, Socket behind) throws IOException {
        try {
            forward(new DataInputStream(client.getInputStream()), behind.getOutputStream());
        } finally {
            awaitNetwork();
        }
    }

    /// The first message has no type.
    private void forward(DataInputStream in, OutputStream out) throws IOException {
        var first = message(in);
        awaitNetwork();
        if (isOver()) {
            return;
        }
        out.write(first);
        for (int type = in.read(); type >= 0; type = in.read()) {
            var body = message(in);
            awaitNetwork();
            if (new String(body, StandardCharsets.UTF_8).contains(moment.text()) && !met.getAndSet(true)) {
                befall(type, body, in, out);
            } else if (!isOver()) {
                pass(type, body, out);
            }
            if (isOver()) {
                return;
            }
        }
    }

    private void befall(int type, byte[] body, DataInputStream in, OutputStream out) throws IOException {
        switch (harm) {
            case Harm.Stall(var time) -> silent = System.nanoTime() + time.toNanos();
            case Harm.HalfOpen(var time) -> silent = System.nanoTime() + time.toNanos();
            case Harm.Cut _, Harm.Slow _, Harm.Deed _ -> {}
        }
        done.set(true);
        if (moment.afterwards()) {
            pass(type, body, out);
            passRequest(type, in, out);
            Pause.of(AT_WORK);
        }
        if (harm instanceof Harm.Deed(var deed)) {
            deed.run();
        }
        awaitNetwork();
        if (!moment.afterwards() && !isOver()) {
            pass(type, body, out);
        }
    }

    /// What belongs to a message, up to the `Sync` after which the server answers; a `Query` is alone.
    private void passRequest(int first, DataInputStream in, OutputStream out) throws IOException {
        int type = first;
        while (type != 'Q' && type != 'S') {
            type = in.read();
            pass(type, message(in), out);
        }
    }

    private void pass(int type, byte[] body, OutputStream out) throws IOException {
        if (done.get() && harm instanceof Harm.Slow(var time)) {
            Pause.of(time);
        }
        out.write(type);
        out.write(body);
        out.flush();
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
