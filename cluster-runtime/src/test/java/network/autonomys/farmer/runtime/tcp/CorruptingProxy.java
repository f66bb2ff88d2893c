package network.autonomys.farmer.runtime.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Passes connections on to a server, and now and then flips a bit of what the server sends, or cuts the connection. */
final class CorruptingProxy implements AutoCloseable {
    private static final int HANDSHAKE_BYTES = 4096;

    private final ServerSocket listener;
    private final int target;
    private final SplittableRandom random;
    private final int meanBytesBetweenFaults;
    final AtomicInteger faults = new AtomicInteger();

    CorruptingProxy(int target, long seed, int meanBytesBetweenFaults) throws IOException {
        this.target = target;
        this.random = new SplittableRandom(seed);
        this.meanBytesBetweenFaults = meanBytesBetweenFaults;
        this.listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                SplittableRandom own;
                synchronized (random) {
                    own = random.split();
                }
                Thread.ofVirtual().start(() -> copy(client, server, null));
                Thread.ofVirtual().start(() -> copy(server, client, own));
            }
        } catch (IOException e) {
            // Closed: the end of the test.
            faults.get();
        }
    }

    private void copy(Socket from, Socket to, @Nullable SplittableRandom random) {
        byte[] buffer = new byte[16 << 10];
        long total = 0;
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                total += n;
                if (random != null && total > HANDSHAKE_BYTES && random.nextInt(meanBytesBetweenFaults) < n) {
                    faults.incrementAndGet();
                    if (random.nextInt(4) == 0) {
                        return;
                    }
                    buffer[random.nextInt(n)] ^= (byte) (1 << random.nextInt(8));
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // One side has closed; the other is closed with it.
            faults.get();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
