package dev.hearsay.agent.metrics;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection to a statsite, made when it is needed, and made again after it broke. One thread at a time. */
final class StatsStream implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5000;

    private @Nullable Socket socket;

    /**
     * Sends the lines.
     *
     * @throws IOException if that fails: they are lost, and the next ones go over a new connection
     */
    void send(List<String> lines, InetSocketAddress to) throws IOException {
        try {
            if (socket == null) {
                socket = new Socket();
                socket.connect(to, CONNECT_MILLIS);
            }
            socket.getOutputStream().write(String.join("", lines).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // Whatever it says, nobody uses it any more.
            return;
        } finally {
            socket = null;
        }
    }
}
