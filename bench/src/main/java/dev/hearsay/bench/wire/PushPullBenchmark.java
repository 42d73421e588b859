package dev.hearsay.bench.wire;

import dev.hearsay.core.StreamMessage;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.StreamCodec;
import dev.hearsay.wire.StreamDecoder;
import dev.hearsay.wire.WireConfig;
import dev.hearsay.wire.WireException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A push/pull on a stream, without encryption and compression. What arrives does so in one piece. */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters, then calls the method that sets the rest.
public class PushPullBenchmark extends Measured {
    /** How many members it tells of. */
    @Param({"10", "1000"})
    public int members;

    private StreamCodec codec;
    private StreamMessage message;
    private byte[] bytes;

    /** Makes the bytes. */
    @Setup
    public void prepare() {
        codec = new StreamCodec(() -> WireConfig.PLAIN, new DropCounters());
        message = News.pushPull(members);
        bytes = codec.request(message);
    }

    /** Bytes to message. */
    @Benchmark
    public @Nullable StreamMessage decode() throws WireException {
        StreamDecoder decoder = codec.requestDecoder();
        decoder.feed(bytes, 0, bytes.length);
        return decoder.next();
    }

    /** Message to bytes. */
    @Benchmark
    public byte[] encode() {
        return codec.request(message);
    }
}
