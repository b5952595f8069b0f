package dev.lockstep.dialect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.time.Duration;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/// Sockets that notice within a minute that the other end is gone without a word. Where nothing is said of it, Linux
/// asks a silent peer for the first time after two hours, and a run whose server has lost its power waits for as long.
/// The driver makes one by this class's name.
public final class KeptAlive extends SocketFactory {
    /// 30 s of silence, then three questions 10 s apart.
    static final int IDLE_SECONDS = 30;

    static final int INTERVAL_SECONDS = 10;
    static final int QUESTIONS = 3;

    /// Silence after which a peer counts as gone.
    static final Duration GONE_AFTER = Duration.ofSeconds(IDLE_SECONDS + QUESTIONS * INTERVAL_SECONDS);

    @Override
    public Socket createSocket() throws IOException {
        return kept(new Socket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return kept(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return kept(new Socket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return kept(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return kept(new Socket(host, port, local, localPort));
    }

    private static Socket kept(Socket socket) throws IOException {
        socket.setKeepAlive(true);
        set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
        set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL_SECONDS);
        set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, QUESTIONS);
        return socket;
    }

    /// Not every system knows them.
    private static void set(Socket socket, SocketOption<Integer> option, int value) throws IOException {
        if (socket.supportedOptions().contains(option)) {
            socket.setOption(option, value);
        }
    }
}
