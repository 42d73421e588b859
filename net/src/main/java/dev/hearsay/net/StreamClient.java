package dev.hearsay.net;

import dev.hearsay.api.node.Endpoints;
import dev.hearsay.api.node.Mismatch;
import dev.hearsay.api.node.Traffic;
import dev.hearsay.core.Address;
import dev.hearsay.core.StreamFailure;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.wire.StreamCodec;
import dev.hearsay.wire.StreamDecoder;
import dev.hearsay.wire.WireException;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The streams this node opens: connect, ask, read one reply, close. Each ends in exactly one answer to the node, within
 * the stream timeout. A stream that is held has only its beginning within that time, and no answer if the node closes it.
 *
 * <p>A node bound to one address connects from it, so that peers and firewalls see the address they know; with a wildcard
 * the routing table chooses, as in memberlist. How many streams are open is bounded by what opens them: the node's own
 * rounds, and the seeds of joins.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Closing a channel is heard through channelInactive.
final class StreamClient {
    private final NodeDriver driver;
    private final EventLoop loop;
    private final Turnstile turnstile;
    private final long timeoutNanos;
    private final @Nullable InetSocketAddress source;
    private final StreamCodec codec;
    private final Traffic traffic;
    private final Map<Long, Exchange> open = new HashMap<>();

    /** The join that is being started at this moment, so that the stream it opens can be abandoned with it. */
    private long join = NodeDriver.NO_JOIN;

    StreamClient(
            NodeDriver driver,
            HearsayRuntime.Lane lane,
            long timeoutNanos,
            InetSocketAddress local,
            StreamCodec codec,
            Traffic traffic) {
        this.driver = driver;
        this.loop = lane.loop();
        this.turnstile = lane.turnstile();
        this.timeoutNanos = timeoutNanos;
        this.source = local.getAddress().isAnyLocalAddress() ? null : new InetSocketAddress(local.getAddress(), 0);
        this.codec = codec;
        this.traffic = traffic;
    }

    /** Streams opened from now on belong to that join, or to {@link NodeDriver#NO_JOIN}. */
    void tag(long number) {
        join = number;
    }

    /** Opens a stream for the node. */
    void open(long stream, Address to, StreamMessage request) {
        traffic.count(Traffic.Kind.STREAMS_OUT);
        Exchange exchange = new Exchange(stream, join, request);
        open.put(stream, exchange);
        exchange.begin(to);
    }

    /** Ends a held stream without a word to the node. */
    void close(long stream) {
        Exchange exchange = open.get(stream);
        if (exchange != null) {
            exchange.end();
        }
    }

    /** Fails the streams of that join. */
    void cancel(long number) {
        for (Exchange exchange : new ArrayList<>(open.values())) {
            if (exchange.join == number) {
                exchange.fail(StreamFailure.CANCELLED, "");
            }
        }
    }

    /** Closes all streams; the node hears nothing of it, because it has stopped. */
    void close() {
        for (Exchange exchange : new ArrayList<>(open.values())) {
            exchange.end();
        }
    }

    /** One stream. */
    private final class Exchange extends SimpleChannelInboundHandler<ByteBuf> {
        private final long stream;
        private final long join;
        private final StreamMessage request;
        /** Made with the first byte: a held stream should not cost a buffer. */
        private @Nullable StreamDecoder decoder;

        private @Nullable Channel channel;
        private @Nullable ScheduledFuture<?> deadline;
        private boolean entered;
        private boolean asked;
        /** A held stream is past the time for an answer: whatever arrives is thrown away. */
        private boolean deaf;

        private boolean ended;

        Exchange(long stream, long join, StreamMessage request) {
            this.stream = stream;
            this.join = join;
            this.request = request;
        }

        void begin(Address to) {
            deadline = loop.schedule(this::timedOut, timeoutNanos, TimeUnit.NANOSECONDS);
            Bootstrap bootstrap = new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.SO_KEEPALIVE, request.holds())
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                    .handler(this);
            InetSocketAddress remote = Endpoints.toSocket(to);
            ChannelFuture connecting = source == null ? bootstrap.connect(remote) : bootstrap.connect(remote, source);
            channel = connecting.channel();
            connecting.addListener((ChannelFutureListener) this::connected);
        }

        private void connected(ChannelFuture connecting) {
            if (!connecting.channel().isRegistered()) {
                // It never came as far as the loop, mostly for want of a file descriptor: there is nothing to close.
                loop.execute(() -> {
                    channel = null;
                    fail(connecting.cause());
                });
            } else if (!connecting.isSuccess()) {
                fail(connecting.cause());
            } else if (ended) {
                connecting.channel().close();
            } else if (request instanceof StreamMessage.PushPull) {
                // Only now: a seed that does not answer the connection keeps nobody waiting.
                turnstile.queue(() -> {
                    entered = !ended;
                    return entered && ask(connecting.channel());
                });
            } else {
                ask(connecting.channel());
            }
        }

        private boolean ask(Channel connected) {
            asked = true;
            byte[] bytes = codec.request(request);
            traffic.add(Traffic.Kind.STREAM_BYTES_OUT, bytes.length);
            connected.writeAndFlush(Unpooled.wrappedBuffer(bytes)).addListener(written -> {
                if (!written.isSuccess()) {
                    fail(written.cause());
                } else if (!request.expectsReply() && !ended) {
                    end();
                    driver.turn((node, now, out) -> node.onStreamSent(stream, now, out));
                }
            });
            return true;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            if (ended || deaf) {
                return;
            }
            traffic.add(Traffic.Kind.STREAM_BYTES_IN, bytes.readableBytes());
            StreamDecoder reading = decoder;
            if (reading == null) {
                reading = codec.replyDecoder();
                decoder = reading;
            }
            StreamMessage reply;
            try {
                reply = StreamBytes.feed(reading, bytes);
            } catch (WireException e) {
                fail(StreamFailure.MALFORMED, Mismatch.explain(e));
                return;
            }
            if (reply != null) {
                end();
                driver.onStreamReply(stream, join, reply);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            fail(StreamFailure.CLOSED, "");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            fail(cause);
        }

        private void timedOut() {
            if (asked && request.holds()) {
                deaf = true;
                decoder = null;
                return;
            }
            fail(
                    StreamFailure.TIMEOUT,
                    "no answer within " + Duration.ofNanos(timeoutNanos).toMillis() + " ms");
        }

        private void fail(Throwable cause) {
            String detail = String.valueOf(cause.getMessage());
            if (cause instanceof ConnectTimeoutException
                    || (cause instanceof ConnectException && detail.contains("timed out"))) {
                fail(StreamFailure.TIMEOUT, "");
            } else if (cause instanceof ConnectException) {
                fail(StreamFailure.REFUSED, "");
            } else if (cause instanceof SocketException && (channel == null || !channel.isActive())) {
                fail(StreamFailure.UNREACHABLE, detail);
            } else {
                fail(StreamFailure.CLOSED, detail);
            }
        }

        private void fail(StreamFailure failure, String detail) {
            if (ended) {
                return;
            }
            end();
            if (asked && request.holds() && failure != StreamFailure.MALFORMED) {
                driver.onStreamBroken(stream);
                return;
            }
            traffic.count(Traffic.Kind.STREAMS_OUT_FAILED);
            driver.turn((node, now, out) -> node.onStreamFailed(stream, failure, detail, now, out));
        }

        private void end() {
            ended = true;
            if (entered) {
                entered = false;
                loop.execute(turnstile::leave);
            }
            open.remove(stream);
            if (deadline != null) {
                deadline.cancel(false);
            }
            if (channel != null) {
                channel.close();
            }
        }
    }
}
