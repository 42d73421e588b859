package dev.hearsay.net;

import dev.hearsay.HearsayException;
import dev.hearsay.api.node.Endpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A node's two sockets, bound to one address and the same port. Bound on the thread that starts the node, so that a port
 * in use is found out there and then, and starting a node never waits for a busy event loop.
 *
 * @param udp for packets
 * @param tcp for streams that peers open
 * @param local what both are bound to
 */
record Sockets(DatagramChannel udp, ServerSocketChannel tcp, InetSocketAddress local) {
    /** What we ask of the kernel for a burst of packets, both ways; it gives less if its own limit is lower. */
    private static final int SOCKET_BUFFER = 2 << 20;

    /** Connections that may wait in the kernel to be accepted. */
    private static final int BACKLOG = 1024;

    /** How often a free port is looked for: the one that UDP got may be taken for TCP. */
    private static final int PORT_ATTEMPTS = 32;

    /**
     * Binds both sockets.
     *
     * @param port 0 for any free one
     * @throws HearsayException if that is not possible; the message says which address, which protocol, and why
     */
    static Sockets bind(InetAddress ip, int port) {
        for (int attempt = 1; ; attempt++) {
            DatagramChannel udp = bindUdp(ip, port);
            int chosen = udp.socket().getLocalPort();
            try {
                return new Sockets(udp, bindTcp(ip, chosen), new InetSocketAddress(ip, chosen));
            } catch (HearsayException e) {
                close(udp);
                if (port != 0 || attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Whether a selector still knows one of them, which keeps it open even when it is closed. */
    boolean registered() {
        return udp.isRegistered() || tcp.isRegistered();
    }

    /** Closes both; for a node that could not be started on them. */
    void close() {
        close(udp);
        close(tcp);
    }

    private static DatagramChannel bindUdp(InetAddress ip, int port) {
        DatagramChannel channel = null;
        try {
            channel = DatagramChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
            return channel.bind(new InetSocketAddress(ip, port));
        } catch (IOException e) {
            close(channel);
            throw failure(ip, port, "UDP", e);
        }
    }

    private static ServerSocketChannel bindTcp(InetAddress ip, int port) {
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open();
            channel.configureBlocking(false);
            return channel.bind(new InetSocketAddress(ip, port), BACKLOG);
        } catch (IOException e) {
            close(channel);
            throw failure(ip, port, "TCP", e);
        }
    }

    private static HearsayException failure(InetAddress ip, int port, String protocol, IOException cause) {
        String why = String.valueOf(cause.getMessage());
        String lower = why.substring(0, 1).toLowerCase(Locale.ROOT) + why.substring(1);
        return new HearsayException("cannot bind " + Endpoints.text(ip, port) + " (" + protocol + "): " + lower, cause);
    }

    private static void close(@Nullable Channel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
