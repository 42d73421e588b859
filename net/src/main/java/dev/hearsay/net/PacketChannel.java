package dev.hearsay.net;

import dev.hearsay.api.node.Endpoints;
import dev.hearsay.api.node.Mismatch;
import dev.hearsay.api.node.Traffic;
import dev.hearsay.core.Address;
import dev.hearsay.core.Message;
import dev.hearsay.core.Node;
import dev.hearsay.wire.PacketCodec;
import dev.hearsay.wire.WireException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.Future;
import java.nio.channels.DatagramChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's packets, both ways. What cannot be understood is counted and dropped; what cannot be sent is counted and
 * lost, as on any network.
 */
final class PacketChannel extends SimpleChannelInboundHandler<DatagramPacket> {
    /** Bytes that wait here while the kernel takes no more; further packets are dropped: old news is worth little. */
    static final int MAX_UNSENT_BYTES = 1 << 20;

    /** The largest UDP payload there is; a smaller receive buffer would cut datagrams silently. */
    private static final int MAX_DATAGRAM = 65_535;

    private static final Logger log = LoggerFactory.getLogger(PacketChannel.class);

    private final NodeDriver driver;
    private final NioDatagramChannel channel;
    private final PacketCodec codec;
    private final Traffic traffic;
    private final Mismatch mismatch;
    private boolean unflushed;
    private boolean stuck;
    private long stuckSince;

    PacketChannel(NodeDriver driver, DatagramChannel socket, PacketCodec codec, Traffic traffic, Mismatch mismatch) {
        this.driver = driver;
        this.channel = new NioDatagramChannel(socket);
        this.codec = codec;
        this.traffic = traffic;
        this.mismatch = mismatch;
    }

    /** Begins to read, on the loop of the node. */
    ChannelFuture start(EventLoop loop) {
        channel.config()
                .setRecvByteBufAllocator(new FixedRecvByteBufAllocator(MAX_DATAGRAM))
                .setWriteBufferWaterMark(new WriteBufferWaterMark(MAX_UNSENT_BYTES / 2, MAX_UNSENT_BYTES));
        channel.pipeline().addLast(this);
        return loop.register(channel);
    }

    ChannelFuture close() {
        return channel.close();
    }

    /**
     * Writes a packet; {@link #flush} sends it.
     *
     * @param checksum whether it may have a checksum
     */
    void send(Address to, Message message, boolean checksum) {
        if (!channel.isWritable()) {
            traffic.count(Traffic.Kind.PACKETS_OUT_DROPPED);
            return;
        }
        byte[] bytes = checksum ? codec.encode(message) : codec.encode(message, false);
        traffic.count(Traffic.Kind.PACKETS_OUT);
        traffic.add(Traffic.Kind.BYTES_OUT, bytes.length);
        channel.write(new DatagramPacket(Unpooled.wrappedBuffer(bytes), Endpoints.toSocket(to)))
                .addListener(sending -> sent(sending, to));
        unflushed = true;
    }

    /** What waits here because the kernel takes no more. */
    long unsentBytes() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }

    /** How long packets have waited because the kernel takes no more: nanoseconds; 0 if none waits. */
    long stuckFor(long now) {
        return stuck && !unflushed && unsentBytes() > 0 ? now - stuckSince : 0;
    }

    /** Sends what was written since the last time. */
    void flush() {
        if (unflushed) {
            unflushed = false;
            channel.flush();
            boolean left = unsentBytes() > 0;
            stuckSince = left && !stuck ? System.nanoTime() : stuckSince;
            stuck = left;
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        ByteBuf content = packet.content();
        traffic.count(Traffic.Kind.PACKETS_IN);
        traffic.add(Traffic.Kind.BYTES_IN, content.readableBytes());
        Message message;
        try {
            byte[] bytes = ByteBufUtil.getBytes(content);
            message = codec.decode(bytes, 0, bytes.length);
        } catch (WireException e) {
            mismatch.onDropped("packet", packet.sender(), e, System.nanoTime());
            return;
        }
        Address from = Endpoints.toAddress(packet.sender());
        int answerBytes = codec.authenticated() ? Node.ANY_LENGTH : content.readableBytes();
        driver.input((node, now, out) -> node.onMessage(from, message, answerBytes, now, out));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        driver.endTurn();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("receiving packets: {}", cause.toString());
    }

    private void sent(Future<?> sending, Address to) {
        if (!sending.isSuccess() && !driver.stopped()) {
            traffic.count(Traffic.Kind.PACKETS_OUT_FAILED);
            log.debug("sending a packet to {}: {}", to, sending.cause().toString());
            // Later: this may be inside a flush.
            driver.execute(() -> driver.turn((node, now, out) -> node.onSendFailed(to, now, out)));
        }
    }
}
