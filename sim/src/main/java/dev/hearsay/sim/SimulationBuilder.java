package dev.hearsay.sim;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Delegate;
import dev.hearsay.core.Identity;
import dev.hearsay.core.Node;
import dev.hearsay.core.Prng;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.Incarnation;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Peers;
import dev.hearsay.wire.MemberlistSizes;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link Simulation}. Together with the calls that follow, they decide everything that happens. */
public final class SimulationBuilder {
    /** Most machines: as many as 10.0.0.0/8 leaves room for, with one restart elsewhere for each. */
    public static final int MAX_NODES = 8_000_000;

    private static final long WALL_START_MILLIS = 1_700_000_000_000L;

    final int nodes;
    long seed = 1;
    Config config = Config.lan();
    Function<SimNode, Config> configs = node -> config;
    Network network = Network.lan();
    Zones zones = Zones.NONE;
    Sizes sizes = new MemberlistSizes();
    Codec codec = Codec.NONE;

    @Nullable Damage damage;

    Function<SimNode, Announced> announced = node -> Announced.PLAIN;

    @Nullable Function<SimNode, MemberTable> tables;

    Peers peers = (member, ability) -> true;
    Function<SimNode, Delegate> delegates = node -> Delegate.SERF;
    IntPredicate durable = node -> false;
    Function<SimNode, Duration> clockErrors = node -> Duration.ZERO;
    boolean checked = true;
    boolean hostile;
    boolean warm;
    boolean streamsCounted;

    /**
     * What a process says of itself.
     *
     * @param meta its metadata, at most {@value Identity#MAX_META_BYTES} bytes
     * @param versions the protocol versions it announces
     */
    public record Announced(Bytes meta, Versions versions) {
        /** No metadata, and Serf's versions. */
        public static final Announced PLAIN = new Announced(Bytes.EMPTY, Versions.SERF);
    }

    SimulationBuilder(int nodes) {
        if (nodes < 1 || nodes > MAX_NODES) {
            throw new IllegalArgumentException("nodes " + nodes + " is out of range: must be 1 to " + MAX_NODES);
        }
        this.nodes = nodes;
    }

    /** Everything random follows from it. */
    public SimulationBuilder seed(long value) {
        seed = value;
        return this;
    }

    /** How every node behaves. */
    public SimulationBuilder config(Config value) {
        config = value;
        return this;
    }

    /**
     * How each node behaves, asked at each start, where they differ. They must agree in
     * {@link Config#streamTimeoutNanos()}, {@link Config#packetBytes()} and {@link Config#maxMembers()} with
     * {@link #config}, which the network and the {@link Invariants} go by.
     */
    public SimulationBuilder configs(Function<SimNode, Config> value) {
        configs = value;
        return this;
    }

    /** What the network does while nothing is broken. */
    public SimulationBuilder network(Network value) {
        network = value;
        return this;
    }

    /**
     * Which zone each machine is in, and where the network between zones is another one than {@link #network}; without, all
     * are in zone 0.
     *
     * @throws IllegalArgumentException if they are not zones of as many members as there are machines
     */
    public SimulationBuilder zones(Zones value) {
        if (value.members() != nodes) {
            throw new IllegalArgumentException(
                    "zones are of " + value.members() + " members: must be as many as there are nodes, " + nodes);
        }
        zones = value;
        return this;
    }

    /** What packets cost; the wire format's sizes unless said otherwise. */
    public SimulationBuilder sizes(Sizes value) {
        sizes = value;
        return this;
    }

    /** What messages go through on their way; they are handed over as they are unless said otherwise. */
    public SimulationBuilder codec(Codec value) {
        codec = value;
        return this;
    }

    /** What flipped bits do to a packet: must be said before a network may have {@link Network#corruption}. */
    public SimulationBuilder damage(Damage value) {
        damage = value;
        return this;
    }

    /**
     * What a process says of itself, unless said otherwise {@link Announced#PLAIN}: asked once for each start on that
     * machine, so that a restart can be an upgrade.
     */
    public SimulationBuilder announces(Function<SimNode, Announced> value) {
        announced = value;
        return this;
    }

    /** What members can do beyond memberlist; everything, unless said otherwise, whatever they announce. */
    public SimulationBuilder peers(Peers value) {
        peers = value;
        return this;
    }

    /** The layer above each node, asked for at each start of a process: Serf unless said otherwise. */
    public SimulationBuilder delegates(Function<SimNode, Delegate> value) {
        delegates = value;
        return this;
    }

    /** Which machines, by index, keep the shared state on disk when their process ends; none unless said otherwise. */
    public SimulationBuilder durable(IntPredicate value) {
        durable = value;
        return this;
    }

    /** How far the wall clock of each machine is ahead, asked at each start of a process; they are right unless said otherwise. */
    public SimulationBuilder clockErrors(Function<SimNode, Duration> value) {
        clockErrors = value;
        return this;
    }

    /** What the wall clock of that machine shows, in milliseconds since 1970. Virtual time begins in November 2023. */
    long wallMillis(SimNode node, long now) {
        return WALL_START_MILLIS
                + node.clock().elapsed(now) / 1_000_000
                + clockErrors.apply(node).toMillis();
    }

    /** Where nodes keep their members: called once for each start of a process. Which table it is changes no trace. */
    public SimulationBuilder tables(Function<SimNode, MemberTable> value) {
        tables = value;
        return this;
    }

    /**
     * Everybody knows everybody from the start, as if they had been together for long: nobody joins, nothing is news, and
     * the periodic exchanges are in their usual rhythm. A cluster of ten thousand is up at once, without the hundred
     * million messages of its joins.
     */
    public SimulationBuilder warm() {
        warm = true;
        return this;
    }

    /**
     * Counts the bytes of streams: {@link SimNode#streamBytesSent}, {@link Totals#streamBytes}. That takes a look at all members
     * in each push/pull, so it is off unless said. The trace is the same.
     */
    public SimulationBuilder countStreams() {
        streamsCounted = true;
        return this;
    }

    /** Runs without {@link Invariants}: for measuring. The trace is the same. */
    public SimulationBuilder unchecked() {
        checked = false;
        return this;
    }

    /**
     * There is an {@link Adversary}. Of the {@link Invariants}, those hold no longer that lies can break for a while: about
     * incarnations, who is declared dead, and which members there are.
     */
    public SimulationBuilder hostile() {
        hostile = true;
        return this;
    }

    /**
     * Starts all nodes at virtual time 0.
     *
     * @throws IllegalArgumentException if a network corrupts packets, and nothing was said about {@link #damage}
     */
    public Simulation start() {
        Simulation simulation = new Simulation(this);
        simulation.startAll();
        return simulation;
    }

    /**
     * The state machine of a process that starts on that machine now. Its first incarnation is the time in seconds, as in
     * production; the first one of all is 1.
     */
    Node makeNode(SimNode node, long now, MemberTable table, Sizes counted) {
        long clock = 1 + node.clock().elapsed(now) / 1_000_000_000L;
        long incarnation = Math.max(clock, Incarnation.outbid(node.lastIncarnation, node.lastIncarnation));
        Announced says = announced.apply(node);
        Identity identity = new Identity(node.name(), node.address(), says.meta(), says.versions(), incarnation);
        long seedOfStart = Prng.mix(seed * 31 + node.index()) + node.starts;
        return new Node(
                identity,
                configs.apply(node),
                table,
                counted,
                seedOfStart,
                peers,
                Admission.ANYBODY,
                delegates.apply(node));
    }
}
