package dev.lockstep.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The streams of changes that go through an [ApiProxy].
public final class Watches {
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private boolean held;

    /// They may be begun, and nothing more comes through until it is released; nothing gets lost.
    public void hold() {
        lock.lock();
        try {
            held = true;
        } finally {
            lock.unlock();
        }
    }

    public void release() {
        lock.lock();
        try {
            held = false;
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Ends all that are open.
    public void cut() {
        for (var socket : open) {
            try {
                socket.close();
            } catch (IOException gone) {
                // That is what was wanted.
            }
        }
    }

    void relay(Socket behind, Socket client) throws IOException {
        open.add(client);
        try {
            var in = behind.getInputStream();
            var out = client.getOutputStream();
            out.write((String.join("\r\n", ApiProxy.head(in)) + "\r\n\r\n").getBytes(ISO_8859_1));
            var some = new byte[1 << 14];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                await();
                out.write(some, 0, n);
                out.flush();
            }
        } finally {
            open.remove(client);
        }
    }

    private void await() {
        lock.lock();
        try {
            while (held) released.awaitUninterruptibly();
        } finally {
            lock.unlock();
        }
    }
}
