package dev.hearsay.bench.wire;

import dev.hearsay.core.Message;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.PacketCodec;
import dev.hearsay.wire.WireConfig;
import dev.hearsay.wire.WireException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** One message of a kind in a packet of its own, without encryption and compression: message to bytes and back. */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters, then calls the method that sets the rest.
public class KindBenchmark extends Measured {
    /** The kind of message. */
    @Param
    public PacketKind kind;

    private PacketCodec codec;
    private Message message;
    private byte[] packet;

    /** Makes the packet. */
    @Setup
    public void prepare() {
        codec = new PacketCodec(() -> WireConfig.PLAIN, new DropCounters());
        message = kind.message();
        packet = codec.encode(message);
    }

    /** Bytes to message. */
    @Benchmark
    public Message decode() throws WireException {
        return codec.decode(packet, 0, packet.length);
    }

    /** Message to bytes. */
    @Benchmark
    public byte[] encode() {
        return codec.encode(message);
    }
}
