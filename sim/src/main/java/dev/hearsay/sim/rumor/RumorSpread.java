package dev.hearsay.sim.rumor;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Message;
import dev.hearsay.core.SerfConfig;
import dev.hearsay.core.Sizes;
import dev.hearsay.sim.Network;
import dev.hearsay.wire.MemberlistSizes;
import java.time.Duration;
import java.util.function.Function;

/**
 * The settings of one rumor: a user event that one node fires and that spreads among nodes which all know each other and are well.
 *
 * <pre>{@code
 * RumorResult result = RumorSpread.of(1_000_000).seed(7).fanout(2)
 *         .network(Network.fixed(Duration.ofMillis(1))).run();
 * }</pre>
 *
 * <p>Settings and seed decide everything that happens: the same give the same {@link RumorResult#traceHash}, on every JVM. Not thread-safe.
 */
public final class RumorSpread {
    /** Most nodes: what an event has bits for. */
    public static final int MAX_NODES = 1 << RumorRun.NODE_BITS;

    static final String NAME = "rumor";

    final int nodes;
    long seed = 1;
    Config config = Config.lan();
    Network network = Network.lan();
    Sizes sizes = new MemberlistSizes();
    int source;
    int rumorBytes = 32;
    boolean mailed = true;
    Function<Nodes.Shared, Nodes> form = PackedNodes::new;

    private RumorSpread(int nodes) {
        this.nodes = nodes;
    }

    /**
     * A rumor among that many nodes, with the LAN preset, a LAN between them and seed 1 unless said otherwise.
     *
     * @throws IllegalArgumentException if the number is not 2 to {@value #MAX_NODES}
     */
    public static RumorSpread of(int nodes) {
        range("nodes", nodes, 2, MAX_NODES);
        return new RumorSpread(nodes);
    }

    /** Decides everything that is left to chance. Any value; 1 unless said otherwise. */
    public RumorSpread seed(long value) {
        seed = value;
        return this;
    }

    /** How every node behaves. Of it, what concerns spreading: gossip, forwarding, transmit limit, bytes of a packet. */
    public RumorSpread config(Config value) {
        config = value;
        return this;
    }

    /** To how many others a node sends in a round: see {@link dev.hearsay.core.ConfigBuilder#gossipFanout}. */
    public RumorSpread fanout(int value) {
        return config(config.toBuilder().gossipFanout(value).build());
    }

    /**
     * How long a node gathers before it forwards; zero: it waits for the gossip tick. See {@link
     * dev.hearsay.core.ConfigBuilder#forwardDelay}.
     */
    public RumorSpread forwardDelay(Duration value) {
        return config(config.toBuilder().forwardDelay(value).build());
    }

    /** What the network does to packets. */
    public RumorSpread network(Network value) {
        network = value;
        return this;
    }

    /**
     * Which node tells, 0 to the number of nodes less one; 0 unless said otherwise.
     *
     * @throws IllegalArgumentException if it is not
     */
    public RumorSpread source(int index) {
        range("source", index, 0, nodes - 1);
        source = index;
        return this;
    }

    /**
     * Bytes of the event's payload, 32 unless said otherwise; its name has {@code rumor}'s five besides.
     *
     * @throws IllegalArgumentException below 0 or above {@value SerfConfig#MAX_USER_EVENT_BYTES}; what does not fit into a packet is
     *     refused by {@link #start}
     */
    public RumorSpread rumorBytes(int bytes) {
        range("rumorBytes", bytes, 0, SerfConfig.MAX_USER_EVENT_BYTES);
        rumorBytes = bytes;
        return this;
    }

    /**
     * The node that tells does not send to 32 others at once besides, as a node in production does: what is left is the epidemic of the
     * literature, from one.
     */
    public RumorSpread withoutMail() {
        mailed = false;
        return this;
    }

    /** With nodes in another form, which must not change anything. */
    RumorSpread form(Function<Nodes.Shared, Nodes> value) {
        form = value;
        return this;
    }

    /**
     * Starts the nodes and has the rumor begin at time 0; nothing has arrived yet.
     *
     * @throws IllegalArgumentException if the rumor does not fit into a packet
     */
    public RumorRun start() {
        Bytes payload = Bytes.of(new byte[rumorBytes]);
        int encoded = sizes.of(new Message.UserEvent(1, NAME, payload, false)) - 1;
        int room = longest();
        if (encoded > room) {
            throw new IllegalArgumentException("rumorBytes " + rumorBytes + " is too much: with its name it takes "
                    + encoded + " bytes, and a packet has room for " + room);
        }
        return new RumorRun(this, payload);
    }

    /** Runs until everybody has heard, or nobody tells any more. */
    public RumorResult run() {
        return start().untilAllKnow().result();
    }

    /** Bytes of a message that fit into a packet. */
    int longest() {
        return config.packetBytes() - sizes.packetOverhead() - sizes.perCompound() - sizes.perPart();
    }

    private static void range(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    field + " " + value + " is out of range: must be " + least + " to " + most);
        }
    }
}
