package dev.hearsay.sim;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A cluster in virtual time. Faults and commands take effect at the current moment; time passes only in {@link #run},
 * {@link #runUntil} and the {@code await} methods.
 *
 * <p>Everything follows from the settings, the seed and the order of calls: the same give the same {@link #traceHash()}, on
 * every JVM. Not thread-safe; simulations do not share anything, so several may run side by side.
 */
public final class Simulation {
    /** How often a condition is looked at while waiting for it, in virtual nanoseconds. */
    public static final long LOOK_NANOS = 10_000_000;

    private final Engine engine;
    private final SimulationBuilder settings;
    private final Faults faults;
    private final ProcessFaults processes;
    private final Adversary adversary;
    private final Starter starter;
    private long joins;

    Simulation(SimulationBuilder settings) {
        this.settings = settings;
        this.engine = new Engine(settings);
        this.starter = new Starter(engine, settings);
        this.faults = new Faults(engine);
        this.processes = new ProcessFaults(engine, faults, starter);
        this.adversary = new Adversary(engine);
        if (settings.checked) {
            engine.check(new Invariants(engine, settings.hostile));
        }
    }

    /**
     * A simulation of that many machines, with the LAN preset, a LAN between them and seed 1 unless said otherwise.
     *
     * @throws IllegalArgumentException if the number is not 1 to {@value SimulationBuilder#MAX_NODES}
     */
    public static SimulationBuilder of(int nodes) {
        return new SimulationBuilder(nodes);
    }

    /** Starts every process, at time 0. */
    void startAll() {
        starter.startAll();
    }

    /** Hears what happens while time passes. It may read the simulation, but not change it. */
    public interface Listener {
        /** A node told its application something. */
        default void onEvent(SimNode node, Event event) {}

        /** A node has taken an input or a command. */
        default void onActed(SimNode node) {}

        /** A node has sent a packet, whatever becomes of it. */
        default void onSent(SimNode from, Address to, Message message) {}

        /** What becomes of a packet: it will reach the machine after that many nanoseconds, or, if that is below 0, it will not. */
        default void onCarried(SimNode from, SimNode to, Message message, long nanos) {}
    }

    // ---- nodes

    /** All machines, in the order of their index. */
    public List<SimNode> nodes() {
        return Collections.unmodifiableList(engine.nodes());
    }

    /** The machines from one index up to, not including, another. */
    public List<SimNode> nodes(int from, int to) {
        return nodes().subList(from, to);
    }

    /** The machine with that index, from 0. */
    public SimNode node(int index) {
        return engine.nodes().get(index);
    }

    /** Every node but the first joins through the first, all at this moment. */
    public Simulation joinAll() {
        for (int i = 1; i < engine.nodes().size(); i++) {
            join(i, 0);
        }
        return this;
    }

    /** The node joins through another. */
    public Simulation join(int node, int seed) {
        Address at = node(seed).address();
        engine.command(node(node), "join " + at, (core, now, out) -> core.join(++joins, at, false, now, out));
        return this;
    }

    /** The node says goodbye, and stops when it has. */
    public Simulation leave(int node) {
        node(node).startLeaving();
        engine.command(node(node), "leave", (core, now, out) -> core.leave(now, out));
        return this;
    }

    /** The node announces other metadata. */
    public Simulation updateMeta(int node, Bytes meta) {
        engine.command(node(node), "meta " + meta, (core, now, out) -> core.updateMeta(meta, now, out));
        return this;
    }

    /** The application on the node does something else, as {@code what} in the trace; throws what the node throws. */
    public Simulation command(int node, String what, Command action) {
        engine.command(node(node), what, action);
        return this;
    }

    // ---- faults of processes

    /** Kills the process, as {@code kill -9} does. The machine stays: it refuses connections and drops packets. */
    public Simulation crash(int node) {
        processes.crash(node(node));
        return this;
    }

    /** The machine loses its power: from now on it does not answer anything. {@link #restart} gives it back. */
    public Simulation powerOff(int node) {
        processes.powerOff(node(node));
        return this;
    }

    /** Starts the process again under the same name and address; it knows nobody yet. */
    public Simulation restart(int node) {
        processes.restart(node(node), node(node).address());
        return this;
    }

    /** Starts the process again under the same name, but at an address that nobody has had. */
    public Simulation restartElsewhere(int node) {
        processes.restart(node(node), starter.nextAddress());
        return this;
    }

    /** The process stands still, as in a long garbage collection: it takes nothing and its timers wait. */
    public Simulation pause(int node) {
        processes.pause(node(node));
        return this;
    }

    /**
     * The process goes on: first its driver reports the pause, then it takes what waited for it, all at this moment, in the
     * order of an event loop: if a timer came first, all timers and then the packets; else a few packets, the timers, the
     * rest. Of the packets, the first {@value SimNode#SOCKET_PACKETS} have waited and the others are lost.
     */
    public Simulation resume(int node) {
        processes.resume(node(node));
        return this;
    }

    /**
     * Nothing gets into the process or out of it, while its timers run on time (the anomaly of Lifeguard's experiments). Its
     * driver sees that packets do not leave, and reports it.
     */
    public Simulation block(int node) {
        processes.block(node(node));
        return this;
    }

    /** What waited to be sent leaves, and what waited to be read is taken; of both, only so many packets have waited. */
    public Simulation unblock(int node) {
        processes.unblock(node(node));
        return this;
    }

    /**
     * From now on each input takes the machine that long, from zero, which is well again, to an hour: the next ones wait, of
     * packets at most {@value SimNode#SOCKET_PACKETS}, and timers come late. What a process does about an input happens at the
     * end of that time. It stays so when the process is started again.
     *
     * @throws IllegalArgumentException if the time is out of range
     */
    public Simulation slow(int node, Duration perInput) {
        faults.slow(node(node), perInput);
        return this;
    }

    /**
     * From now on the machine's clocks, monotonic and of the wall, run faster by so many millionths, -500,000 to 500,000; below
     * zero slower. They do not jump: the time that they have gained or lost stays.
     *
     * @throws IllegalArgumentException if the drift is out of range
     */
    public Simulation drift(int node, double ppm) {
        faults.drift(node(node), ppm);
        return this;
    }

    // ---- faults of the network

    /** Nothing gets from one side to the other any more, in neither direction. */
    public Simulation partition(Collection<SimNode> some, Collection<SimNode> others) {
        faults.partition(some, others);
        return this;
    }

    /** Nothing that one of the senders sends gets to one of the receivers any more; the other direction works. */
    public Simulation cut(Collection<SimNode> senders, Collection<SimNode> receivers) {
        faults.cut(senders, receivers);
        return this;
    }

    /** The senders' machines have no route to the receivers any more: they refuse each packet, and tell its sender. */
    public Simulation loseRoutes(Collection<SimNode> senders, Collection<SimNode> receivers) {
        faults.loseRoutes(senders, receivers);
        return this;
    }

    /** Nothing gets from one of the two to the other any more. As all others reach both, nobody may give either up. */
    public Simulation cutLink(int one, int other) {
        faults.cutLink(node(one), node(other));
        return this;
    }

    /**
     * From now on the machine loses that share, 0 to 1, of the packets that reach it, and of those that it sends; at 0 and
     * 0 it is well again. Meanwhile the {@link Invariants} excuse whatever it does and others believe of it; but nobody else
     * may declare a healthy member dead because of it.
     */
    public Simulation degrade(int node, double lossIn, double lossOut) {
        faults.degrade(node(node), lossIn, lossOut);
        return this;
    }

    /** Something on the way breaks all held streams between the node and others. */
    public Simulation breakStreams(int node) {
        processes.breakStreams(node(node));
        return this;
    }

    /** Every cut is repaired. */
    public Simulation heal() {
        faults.heal();
        return this;
    }

    /** For cuts that are healed one by one, where several overlap. */
    public Cuts cuts() {
        return new Cuts(this, faults);
    }

    /** From now on that share of packets, 0 to 1, is lost; between zones that have a network of their own nothing changes. */
    public Simulation loss(double share) {
        return network(engine.links().network().withLoss(share));
    }

    /**
     * From now on the network does something else to packets, but for zones that have one of their own; packets on their way
     * are not affected.
     */
    public Simulation network(Network next) {
        faults.network(next);
        return this;
    }

    /** The network where zones have none of their own. */
    public Network network() {
        return engine.links().network();
    }

    /**
     * From now on those two zones have that network between them, in both directions; twice the same: inside that zone.
     *
     * @throws IllegalArgumentException if there is no zone of that number
     */
    public Simulation network(int one, int other, Network next) {
        settings.zones.check("zone", one);
        settings.zones.check("zone", other);
        faults.network(one, other, next);
        return this;
    }

    /**
     * The network from one zone to another.
     *
     * @throws IllegalArgumentException if there is no zone of that number
     */
    public Network network(int from, int to) {
        settings.zones.check("from", from);
        settings.zones.check("to", to);
        return engine.links().network(from, to);
    }

    /** Which zone each machine is in. */
    public Zones zones() {
        return settings.zones;
    }

    /** Bytes of packets that wait in the machine's uplink, those being sent included; 0 where bandwidth has no limit. */
    public long uplinkQueue(int node) {
        return engine.links().queued(node, engine.now());
    }

    /** Somebody who sends what no node would. Throws unless the simulation is {@link SimulationBuilder#hostile()}. */
    public Adversary adversary() {
        if (!settings.hostile) {
            throw new IllegalStateException("the simulation is not hostile: see SimulationBuilder.hostile()");
        }
        return adversary;
    }

    // ---- time

    /** Virtual time since the start. */
    public Duration now() {
        return Duration.ofNanos(engine.now());
    }

    /** Lets time pass. */
    public Simulation run(Duration time) {
        engine.runUntil(engine.now() + time.toNanos());
        return this;
    }

    /**
     * Lets time pass until the condition holds, looking every {@value #LOOK_NANOS} ns.
     *
     * @return how long it took
     * @throws InvariantViolation if it does not hold within that time
     */
    public Duration runUntil(BooleanSupplier condition, Duration within) {
        return Awaiting.until(engine, condition, within, () -> "the condition does not hold");
    }

    /** Waits until every node that runs knows that many live members, itself included. See {@link #runUntil}. */
    public Duration awaitAllSee(int live, Duration within) {
        return Awaiting.nobody(
                engine,
                node -> node.members().live() != live,
                within,
                "not everybody sees " + live + " live members: ");
    }

    /**
     * Waits until every node that runs knows all others that run as alive, none of them as suspect, and nobody else as
     * live. See {@link #runUntil}.
     */
    public Duration awaitAgreement(Duration within) {
        return Awaiting.nobody(engine, node -> Agreement.misses(node, nodes()), within, "no agreement: ");
    }

    // ---- what happened

    /** A hash of every input so far, with its time, source and content: equal hashes, equal runs. */
    public long traceHash() {
        return engine.trace().hash();
    }

    /**
     * From now on passes a line to the consumer for everything that happens at those nodes: {@code <-} a message,
     * {@code #} a timer, {@code =>} what the node tells its application, {@code **} a command of the scenario.
     */
    public Simulation showTrace(Collection<SimNode> at, Consumer<String> lines) {
        List<SimNode> shown = List.copyOf(at);
        engine.trace().show(index -> index < 0 || shown.contains(node(index)), lines);
        return this;
    }

    /** From now on {@link #showTrace} shows nothing any more. */
    public Simulation hideTrace() {
        engine.trace().show(index -> false, line -> {});
        return this;
    }

    /** Calls the listener from now on. */
    public Simulation listen(Listener listener) {
        engine.listen(listener);
        return this;
    }

    /**
     * How often a node declared a member dead that was up and reachable. Above 0 only while packets are lost: otherwise, or
     * if it is not taken back soon, it violates the {@link Invariants}. 0 if they are not checked.
     */
    public int falseVerdicts() {
        Invariants checked = engine.invariants();
        return checked == null ? 0 : checked.falseVerdicts();
    }

    /** What the network and the nodes have done so far, all together. */
    public Totals totals() {
        return engine.totals();
    }
}
