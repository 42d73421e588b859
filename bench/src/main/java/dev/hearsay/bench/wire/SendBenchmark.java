package dev.hearsay.bench.wire;

import dev.hearsay.core.Address;
import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Message;
import dev.hearsay.core.Prng;
import dev.hearsay.core.dissemination.Dissemination;
import dev.hearsay.core.dissemination.Gossip;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.DenseMemberTable;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.MemberlistSizes;
import dev.hearsay.wire.PacketCodec;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The send path of a full packet: a ping takes hot updates along until the packet is full, and all is encoded. The updates
 * are spread anew for every {@value #PACKETS} packets, which is part of what is measured.
 */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters, then calls the method that sets the rest.
public class SendBenchmark extends Measured {
    static final int PACKETS = 512;
    private static final int MEMBERS = 1000;

    /** What is around the messages. */
    @Param
    public Layers layers;

    private final Config config = Config.lan();
    private final MemberTable table = new DenseMemberTable();
    private final List<Message.News> news = News.aboutEach(MEMBERS);
    private MemberlistSizes sizes;
    private PacketCodec codec;

    /** Makes the members. */
    @Setup
    public void prepare() {
        sizes = new MemberlistSizes(layers::config);
        codec = new PacketCodec(layers::config, new DropCounters());
        for (int i = 0; i < MEMBERS; i++) {
            Message.Alive alive = News.alive(i);
            Claim claim = new Claim(
                    alive.node(),
                    alive.incarnation(),
                    alive.address(),
                    alive.meta(),
                    alive.versions(),
                    MemberState.ALIVE);
            table.put(new Member(claim, false, 0));
        }
        int full = config.packetBytes() - 200;
        send(new NowhereOutbox() {
            @Override
            public void send(Address to, Message message) {
                if (sizes.of(message) < full) {
                    throw new IllegalStateException("a packet of " + sizes.of(message) + " bytes: must be full");
                }
            }
        });
    }

    private void send(NowhereOutbox out) {
        Dissemination hot = new Dissemination(config, table, sizes, new Counters());
        news.forEach(hot::spread);
        Gossip gossip = new Gossip(News.identity().name(), config, table, hot, sizes, new Prng(1));
        for (int i = 0; i < PACKETS; i++) {
            gossip.sendWithNews(News.SENDER, PacketKind.PING.message(), out);
        }
    }

    /** Fills a packet and encodes it. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public void send(Blackhole sink) {
        send(new NowhereOutbox() {
            @Override
            public void send(Address to, Message message) {
                sink.consume(codec.encode(message));
            }
        });
    }
}
