package dev.hearsay.net;

import dev.hearsay.api.node.Mismatch;
import dev.hearsay.api.node.Traffic;
import dev.hearsay.core.Node;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.wire.StreamCodec;
import dev.hearsay.wire.StreamDecoder;
import dev.hearsay.wire.WireException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.PromiseCombiner;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams that peers open: one request, at most one reply, then the end.
 *
 * <p>While {@value #MAX_OPEN} are open no further one is accepted: peers wait in the kernel's queue until one ends. That
 * is kinder than memberlist, which drops them: a thousand nodes may join one seed at once. So that streams which say
 * nothing, or never read their reply, keep nobody out, the oldest makes room then, once it is older than a tenth of the
 * stream timeout. What has been received on all together is bounded, too: above it, the stream that sent most is
 * closed. A reply is followed by half a close; the rest follows when the peer has read it and closed its side.
 *
 * <p>A stream whose request holds it counts no longer, once the node has accepted it: then it costs a file descriptor and
 * no buffer, and how many there may be is the node's decision.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Closing a channel is heard through channelInactive.
final class StreamServer extends ChannelInboundHandlerAdapter {
    /** Most streams of peers that are open at once (memberlist: 128 push/pulls). */
    static final int MAX_OPEN = 128;

    /** Most bytes received on the streams that are open; above that, the one that sent most is closed. */
    static final long MAX_HELD_BYTES = 128L << 20;

    /** A stream is left alone for this share of the stream timeout, even if others wait. */
    private static final int PATIENCE_SHARE = 10;

    /** What cannot be accepted is said this seldom. */
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final Logger log = LoggerFactory.getLogger(StreamServer.class);

    private final NodeDriver driver;
    private final NioServerSocketChannel listening;
    private final long timeoutNanos;
    private final StreamCodec codec;
    private final Traffic traffic;
    private final Mismatch mismatch;
    private final ServerChannelRecvByteBufAllocator batch = new ServerChannelRecvByteBufAllocator();

    /** Oldest first. */
    private final Map<Long, Exchange> open = new LinkedHashMap<>();

    /** Streams that stay open. */
    private final Map<Long, Channel> kept = new LinkedHashMap<>();

    private long lastStream = Node.ACCEPTED_STREAMS;
    private long heldBytes;
    private boolean makingRoom;
    private boolean warned;
    private long warnedAt;

    StreamServer(
            NodeDriver driver,
            ServerSocketChannel socket,
            long timeoutNanos,
            StreamCodec codec,
            Traffic traffic,
            Mismatch mismatch) {
        this.driver = driver;
        this.listening = new NioServerSocketChannel(socket);
        this.timeoutNanos = timeoutNanos;
        this.codec = codec;
        this.traffic = traffic;
        this.mismatch = mismatch;
    }

    /** Begins to accept, on the loop of the node. */
    ChannelFuture start(EventLoop loop) {
        listening.config().setRecvByteBufAllocator(batch);
        admit();
        listening.pipeline().addLast(this);
        return loop.register(listening);
    }

    /** Sends the node's reply and ends that stream. */
    void reply(long stream, StreamMessage reply) {
        Exchange exchange = open.get(stream);
        if (exchange != null) {
            exchange.reply(reply);
        }
    }

    /** Ends a held stream without a word to the node. */
    void close(long stream) {
        Exchange exchange = open.get(stream);
        Channel channel = exchange == null ? kept.remove(stream) : exchange.channel;
        if (channel != null) {
            channel.close();
        }
    }

    /** Closes all streams at once, and accepts no more. */
    void close(PromiseCombiner closing) {
        closing.add(listening.close());
        for (Exchange exchange : new ArrayList<>(open.values())) {
            closing.add(exchange.channel.close());
        }
        for (Channel channel : new ArrayList<>(kept.values())) {
            closing.add(channel.close());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        Channel channel = (Channel) accepted;
        Exchange exchange = new Exchange(++lastStream, channel);
        open.put(exchange.stream, exchange);
        traffic.count(Traffic.Kind.STREAMS_IN);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.pipeline().addLast(exchange);
        listening.eventLoop().register(channel).addListener(registered -> {
            if (!registered.isSuccess()) {
                channel.unsafe().closeForcibly();
                exchange.ended();
            }
        });
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (open.size() == MAX_OPEN) {
            traffic.count(Traffic.Kind.STREAMS_IN_FULL);
        }
        admit();
    }

    /** Out of file descriptors, mostly: tell, and try again in a moment. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        long now = System.nanoTime();
        if (!warned || now - warnedAt > QUIET_NANOS) {
            warned = true;
            warnedAt = now;
            log.warn("cannot accept a stream: {} (said once a minute at most)", cause.toString());
        }
        listening.config().setAutoRead(false);
        listening.eventLoop().schedule(this::admit, 1, TimeUnit.SECONDS);
    }

    /** Accepts as many at once as there is room for: a loop with many nodes comes by too rarely to take one each time. */
    private void admit() {
        int room = MAX_OPEN - open.size();
        if (room > 0) {
            batch.maxMessagesPerRead(room);
        }
        listening.config().setAutoRead(room > 0);
        if (room <= 0 && !makingRoom) {
            makingRoom = true;
            Exchange oldest = open.values().iterator().next();
            long wait = Math.max(0, timeoutNanos / PATIENCE_SHARE - oldest.age());
            listening.eventLoop().schedule(this::makeRoom, wait, TimeUnit.NANOSECONDS);
        }
    }

    /** Closes the oldest stream if there is still no room; if it is another one meanwhile, waits for that. */
    private void makeRoom() {
        makingRoom = false;
        if (open.size() < MAX_OPEN || !listening.isOpen()) {
            return;
        }
        Exchange oldest = open.values().iterator().next();
        if (oldest.age() < timeoutNanos / PATIENCE_SHARE) {
            admit();
        } else {
            displace(oldest);
        }
    }

    /** Too many bytes are held: closes the stream that sent most of them. */
    private void holdLess() {
        Exchange largest = null;
        for (Exchange exchange : open.values()) {
            largest = largest == null || exchange.received > largest.received ? exchange : largest;
        }
        if (largest != null) {
            displace(largest);
        }
    }

    private void displace(Exchange exchange) {
        traffic.count(Traffic.Kind.STREAMS_IN_DISPLACED);
        log.debug("stream from {} makes room for others", exchange.channel.remoteAddress());
        exchange.channel.close();
    }

    /** One stream. */
    private final class Exchange extends SimpleChannelInboundHandler<ByteBuf> {
        private final long stream;
        private final Channel channel;
        private final StreamDecoder decoder = codec.requestDecoder();
        private final long since = System.nanoTime();
        private @Nullable ScheduledFuture<?> deadline;
        private long received;
        /** The request is complete, or will never be: what else arrives is thrown away. */
        private boolean heard;

        private boolean answered;

        Exchange(long stream, Channel channel) {
            this.stream = stream;
            this.channel = channel;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            deadline = context.executor().schedule(this::timedOut, timeoutNanos, TimeUnit.NANOSECONDS);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            if (heard) {
                return;
            }
            received += bytes.readableBytes();
            heldBytes += bytes.readableBytes();
            traffic.add(Traffic.Kind.STREAM_BYTES_IN, bytes.readableBytes());
            if (heldBytes > MAX_HELD_BYTES) {
                holdLess();
            }
            StreamMessage request;
            try {
                request = StreamBytes.feed(decoder, bytes);
            } catch (WireException e) {
                heard = true;
                traffic.count(Traffic.Kind.STREAMS_IN_MALFORMED);
                mismatch.onDropped("stream", channel.remoteAddress(), e, System.nanoTime());
                reply(new StreamMessage.Refusal(String.valueOf(e.getMessage())));
                return;
            }
            if (request != null) {
                heard = true;
                driver.turn((node, now, out) -> node.onStreamRequest(stream, request, now, out));
                if (answered) {
                    return;
                }
                // The node answers in the same turn or not at all.
                if (request.holds() && channel.isActive() && !driver.stopped()) {
                    keep();
                } else {
                    channel.close();
                }
            }
        }

        /** From now on this stream is nothing but a connection, whose end is heard. */
        private void keep() {
            kept.put(stream, channel);
            channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
            channel.pipeline().replace(this, null, new Kept(stream));
            ended();
        }

        /** The peer has nothing more to say (ChannelInputShutdownEvent): fine after the request, pointless before. */
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (answered || !heard) {
                channel.close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ended();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            log.debug("stream from {} broke: {}", channel.remoteAddress(), cause.toString());
            channel.close();
        }

        void reply(StreamMessage reply) {
            answered = true;
            byte[] bytes = codec.reply(reply);
            traffic.add(Traffic.Kind.STREAM_BYTES_OUT, bytes.length);
            channel.writeAndFlush(Unpooled.wrappedBuffer(bytes)).addListener(written -> {
                if (written.isSuccess()) {
                    ((SocketChannel) channel).shutdownOutput();
                } else {
                    channel.close();
                }
            });
        }

        /** Nanoseconds since it was accepted. */
        long age() {
            return System.nanoTime() - since;
        }

        private void timedOut() {
            if (!answered) {
                traffic.count(Traffic.Kind.STREAMS_IN_TIMEOUT);
            }
            channel.close();
        }

        private void ended() {
            if (deadline != null) {
                deadline.cancel(false);
            }
            if (open.remove(stream) != null) {
                heldBytes -= received;
                if (listening.isOpen()) {
                    admit();
                }
            }
        }
    }

    /** A stream that stays open and says nothing. */
    private final class Kept extends ChannelInboundHandlerAdapter {
        private final long stream;

        Kept(long stream) {
            this.stream = stream;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            ReferenceCountUtil.release(bytes);
        }

        /** The peer has closed its side (ChannelInputShutdownEvent). */
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (kept.remove(stream) != null) {
                driver.onStreamBroken(stream);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
