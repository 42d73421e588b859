package dev.hearsay.bench.wire;

import dev.hearsay.core.Config;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Message;
import dev.hearsay.core.Node;
import dev.hearsay.core.membership.DenseMemberTable;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.MemberlistSizes;
import dev.hearsay.wire.PacketCodec;
import dev.hearsay.wire.WireException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** The whole receive path of a full packet of news: bytes, messages, what the node does about them. */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters, then calls the method that sets the rest.
public class ReceiveBenchmark extends Measured {
    static final int PACKETS = 128;

    /** What is around the messages. */
    @Param
    public Layers layers;

    private PacketCodec codec;
    private byte[][] packets;
    private Node informed;

    /** Makes the packets, and a node that has heard it all. */
    @Setup
    public void prepare() throws WireException {
        codec = new PacketCodec(layers::config, new DropCounters());
        List<Message> messages = News.packets(PACKETS, layers);
        packets = News.encode(messages, codec);
        informed = receive(start());
        long early = informed.counters().get(Counter.NEWS_STALE);
        receive(informed);
        long known = informed.counters().get(Counter.NEWS_STALE) - early;
        int parts = News.parts(messages);
        // Among three members there is nobody to confirm a suspicion: one comes too early.
        if (early > 1 || known != parts) {
            throw new IllegalStateException("of " + parts + " messages " + early + " were of no use at first and "
                    + known + " later: must be one at most, and all");
        }
    }

    private Node start() {
        Node node =
                new Node(News.identity(), Config.lan(), new DenseMemberTable(), new MemberlistSizes(layers::config), 1);
        node.start(0, NowhereOutbox.INSTANCE);
        return node;
    }

    private Node receive(Node node) throws WireException {
        for (byte[] packet : packets) {
            Message message = codec.decode(packet, 0, packet.length);
            node.onMessage(News.SENDER, message, packet.length, 0, NowhereOutbox.INSTANCE);
        }
        return node;
    }

    /** A packet that is decoded only. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public void decode(Blackhole sink) throws WireException {
        for (byte[] packet : packets) {
            sink.consume(codec.decode(packet, 0, packet.length));
        }
    }

    /** A packet of which everything is known already: what a node receives most. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public Node known() throws WireException {
        return receive(informed);
    }

    /** A packet in which everything is new, a third of it new members. Includes its share of making a node. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public Node fresh() throws WireException {
        return receive(start());
    }
}
