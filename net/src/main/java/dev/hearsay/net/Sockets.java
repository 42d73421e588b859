package dev.hearsay.net;

import dev.hearsay.HearsayException;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * A node's two sockets, bound to one address and the same port, not reading yet.
 *
 * @param udp for packets
 * @param tcp for streams that peers open
 * @param local what both are bound to
 */
record Sockets(Channel udp, Channel tcp, InetSocketAddress local) {
    /** The largest UDP payload there is; a smaller receive buffer would cut datagrams silently. */
    static final int MAX_DATAGRAM = 65_535;

    /** What we ask of the kernel for a burst of packets, both ways; it gives less if its own limit is lower. */
    private static final int SOCKET_BUFFER = 2 << 20;

    /** Connections that may wait in the kernel to be accepted. */
    private static final int BACKLOG = 1024;

    /** How often a free port is looked for: the one that UDP got may be taken for TCP. */
    private static final int PORT_ATTEMPTS = 32;

    /**
     * Binds both sockets; blocks for as long as the kernel takes.
     *
     * @param port 0 for any free one
     * @throws HearsayException if that is not possible; the message says which address, which protocol, and why
     */
    static Sockets bind(EventLoop loop, InetAddress ip, int port) {
        for (int attempt = 1; ; attempt++) {
            Channel udp = bind(udp(loop), ip, port, "UDP");
            int chosen = ((InetSocketAddress) udp.localAddress()).getPort();
            try {
                Channel tcp = bind(tcp(loop), ip, chosen, "TCP");
                return new Sockets(udp, tcp, new InetSocketAddress(ip, chosen));
            } catch (HearsayException e) {
                udp.close().syncUninterruptibly();
                if (port != 0 || attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Closes both; for a node that could not be started on them. */
    void close() {
        udp.close().syncUninterruptibly();
        tcp.close().syncUninterruptibly();
    }

    private static Channel bind(Bootstrap bootstrap, InetAddress ip, int port, String protocol) {
        ChannelFuture bound = bootstrap.bind(ip, port).awaitUninterruptibly();
        if (bound.isSuccess()) {
            return bound.channel();
        }
        String why = String.valueOf(bound.cause().getMessage());
        throw new HearsayException(
                "cannot bind " + Endpoints.text(ip, port) + " (" + protocol + "): "
                        + why.substring(0, 1).toLowerCase(Locale.ROOT) + why.substring(1),
                bound.cause());
    }

    private static Bootstrap udp(EventLoop loop) {
        return new Bootstrap()
                .group(loop)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(PacketChannel.MAX_UNSENT_BYTES / 2, PacketChannel.MAX_UNSENT_BYTES))
                .handler(nothing());
    }

    /** A plain bootstrap: the accepted channels go to the loop that owns the node, and no further than we let them. */
    private static Bootstrap tcp(EventLoop loop) {
        return new Bootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new ServerChannelRecvByteBufAllocator())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .handler(nothing());
    }

    /** The handlers come when there is a node to hand things to. */
    private static ChannelInitializer<Channel> nothing() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {}
        };
    }
}
