package dev.hearsay.sim.cluster;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.node.SerfDelegate;
import dev.hearsay.core.Address;
import dev.hearsay.core.Event;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.sim.InvariantViolation;
import dev.hearsay.sim.Network;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import dev.hearsay.sim.Timeline;
import dev.hearsay.wire.AnnouncedPeers;
import dev.hearsay.wire.MemberlistSizes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Machines with a node each, in virtual time: the {@link Cluster} that an application is given in production, for its tests. They are
 * called {@code n0}, {@code n1} and so on, and join each other by these names or by {@link #address}.
 *
 * <p>Everything happens on the caller's thread, and time passes only in {@link #run} and the {@code await} methods: there listeners are
 * called and futures complete, each at its moment, and one thing after the other. What an application does takes no time. Its own timers
 * come from {@link #scheduler}, and its time from {@link #clock}; then the settings, the seed and the order of calls decide everything, and
 * equal {@linkplain Simulation#traceHash() hashes} mean equal runs. Calls from another thread while time passes are refused.
 *
 * <p>What a listener, a watcher or a timer throws ends the {@code run} or {@code await} in which it happens, as {@link
 * InvariantViolation}; in production it is logged. So an assertion may stand in a listener.
 */
public final class SimulatedClusters {
    private final FixtureSettings settings;
    private final Timeline timeline;
    private final Simulation simulation;
    private final List<@Nullable VirtualCluster> clusters = new ArrayList<>();
    private final List<@Nullable VirtualScheduler> schedulers = new ArrayList<>();
    private @Nullable Thread runner;
    private @Nullable InvariantViolation failure;

    SimulatedClusters(SimulatedClustersBuilder builder) {
        this.settings = builder.common();
        this.timeline = new Timeline(new Simulation.Listener() {
            @Override
            public void onEvent(SimNode node, Event event) {
                at(node).onEvent(event);
            }

            @Override
            public void onActed(SimNode node) {
                at(node).onActed();
            }
        });
        for (int i = 0; i < builder.nodes; i++) {
            clusters.add(null);
            schedulers.add(null);
        }
        var simulated = Simulation.of(builder.nodes)
                .seed(builder.seed)
                .config(builder.config)
                .network(builder.network)
                .sizes(new MemberlistSizes(() -> builder.wire))
                .announces(node -> builder.announced(node.index()))
                .peers(new AnnouncedPeers())
                .delegates(node -> new SerfDelegate(builder.serf, builder.state))
                .durable(node -> builder.durable)
                .tables(this::begin)
                .timeline(timeline);
        this.simulation = (builder.together ? simulated.warm() : simulated).start();
    }

    /**
     * A fixture with that many machines, in a LAN, with the LAN preset and seed 1 unless said otherwise.
     *
     * @throws IllegalArgumentException if the number is not 1 or more
     */
    public static SimulatedClustersBuilder of(int nodes) {
        return new SimulatedClustersBuilder(nodes);
    }

    private MemberTable begin(SimNode node) {
        VirtualCluster started =
                VirtualCluster.start(new VirtualProcess(this, timeline, node), settings, this::addressOf);
        clusters.set(node.index(), started);
        schedulers.set(node.index(), null);
        return started.table();
    }

    private VirtualCluster at(SimNode node) {
        return at(node.index());
    }

    private VirtualCluster at(int node) {
        if (node < 0 || node >= clusters.size()) {
            throw new IllegalArgumentException(
                    "node " + node + " is out of range: must be 0 to " + (clusters.size() - 1));
        }
        VirtualCluster cluster = clusters.get(node);
        if (cluster == null) {
            throw new IllegalStateException("n" + node + " has not started");
        }
        return cluster;
    }

    private @Nullable Address addressOf(String name) {
        for (SimNode node : simulation.nodes()) {
            if (node.name().equals(name)) {
                return node.address();
            }
        }
        return null;
    }

    // ---- what an application is given

    /** How many machines there are. */
    public int size() {
        return clusters.size();
    }

    /**
     * The node of the process that runs on that machine, or that ran there last. A process that was killed is told nothing any more, and
     * what is asked of it fails; {@link #restart} gives a new one.
     *
     * @param node index of the machine, from 0
     */
    public Cluster cluster(int node) {
        return at(node);
    }

    /** The nodes of all machines, in the order of their index. */
    public List<Cluster> clusters() {
        return List.copyOf(clusters);
    }

    /** The name of that machine's node: {@code n0} for the first. */
    public String name(int node) {
        return at(node).process().node().name();
    }

    /** Where that machine listens, as a seed: {@code 10.0.0.1:7946} for the first. */
    public String address(int node) {
        return at(node).process().node().address().toString();
    }

    /**
     * The thread, of the process that runs on that machine, for an application's own tasks and timers: one, always the same. It ends with
     * the process, and stands still with it.
     */
    public ScheduledExecutorService scheduler(int node) {
        VirtualScheduler known = schedulers.get(node);
        VirtualScheduler scheduler = known == null ? new VirtualScheduler(at(node).process()) : known;
        schedulers.set(node, scheduler);
        return scheduler;
    }

    /** The wall clock of that machine, in UTC. Virtual time begins in November 2023. */
    public Clock clock(int node) {
        return VirtualClock.of(timeline, at(node).process().node());
    }

    // ---- faults

    /**
     * Kills the process, as {@code kill -9} does: its node, its listeners, its timers. No future of it completes any more.
     *
     * @throws IllegalStateException if none runs
     */
    public SimulatedClusters crash(int node) {
        simulation.crash(node);
        at(node).killed();
        return this;
    }

    /**
     * Starts a process again, under the same name and address; it knows nobody yet, and begins at this moment.
     *
     * @return its node
     * @throws IllegalStateException if the one before still runs: {@link #crash} or close it first
     */
    public Cluster restart(int node) {
        simulation.restart(node);
        return at(node);
    }

    /** The process stands still, as in a long garbage collection: its node, its listeners, its timers. */
    public SimulatedClusters pause(int node) {
        simulation.pause(node);
        return this;
    }

    /** The process goes on, and does at once what has waited. */
    public SimulatedClusters resume(int node) {
        simulation.resume(node);
        return this;
    }

    /** Nothing gets from those machines to all others any more, nor back. */
    public SimulatedClusters isolate(int... nodes) {
        List<SimNode> some = new ArrayList<>();
        for (int node : nodes) {
            some.add(simulation.node(node));
        }
        List<SimNode> others = new ArrayList<>(simulation.nodes());
        others.removeAll(some);
        simulation.partition(some, others);
        return this;
    }

    /** Nothing gets from one side to the other any more, in neither direction. */
    public SimulatedClusters partition(Collection<Integer> some, Collection<Integer> others) {
        simulation.partition(machines(some), machines(others));
        return this;
    }

    private List<SimNode> machines(Collection<Integer> indices) {
        return indices.stream().sorted().map(simulation::node).toList();
    }

    /** Every cut is repaired. */
    public SimulatedClusters heal() {
        simulation.heal();
        return this;
    }

    /** From now on that share of packets, 0 to 1, is lost. */
    public SimulatedClusters loss(double share) {
        simulation.loss(share);
        return this;
    }

    /** From now on the network does something else to packets. */
    public SimulatedClusters network(Network next) {
        simulation.network(next);
        return this;
    }

    /** What is below: more faults of the network, the trace, its hash. Processes are crashed, restarted and ended through this class. */
    public Simulation simulation() {
        return simulation;
    }

    // ---- time

    /** Virtual time since the start. */
    public Duration now() {
        return Duration.ofNanos(timeline.now());
    }

    /** The seed from which everything random follows. */
    public long seed() {
        return settings.seed();
    }

    /** Lets time pass. */
    public SimulatedClusters run(Duration time) {
        pass(timeline.now() + time.toNanos(), () -> false);
        return this;
    }

    /**
     * Lets time pass until the future is done, and no longer.
     *
     * @return what it completed with
     * @throws InvariantViolation if it is not done within that time
     * @throws CompletionException with the cause, if it failed
     */
    public <T> T await(CompletableFuture<T> future, Duration within) {
        long start = timeline.now();
        if (!pass(start + within.toNanos(), future::isDone)) {
            throw timeline.violation(null, "the future is not done " + within + " after " + Duration.ofNanos(start));
        }
        return future.join();
    }

    /**
     * Lets time pass until the condition holds, looking every {@value Simulation#LOOK_NANOS} ns.
     *
     * @return how long it took
     * @throws InvariantViolation if it does not hold within that time
     */
    public Duration await(BooleanSupplier condition, Duration within) {
        return await("the condition does not hold", condition, within);
    }

    /** The same, for a condition that has words for what is the case while it does not hold. */
    public Duration await(String otherwise, BooleanSupplier condition, Duration within) {
        long start = timeline.now();
        long last = start + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (timeline.now() >= last) {
                throw timeline.violation(null, otherwise + ", " + within + " after " + Duration.ofNanos(start));
            }
            pass(Math.min(last, timeline.now() + Simulation.LOOK_NANOS), () -> false);
        }
        return Duration.ofNanos(timeline.now() - start);
    }

    /** Every node but the first joins through the first; waits until all agree. */
    public SimulatedClusters joinAll(Duration within) {
        for (int i = 1; i < clusters.size(); i++) {
            var unused = at(i).join(name(0));
        }
        awaitAgreement(within);
        return this;
    }

    /**
     * Waits until every node that runs, and has not left, knows all of those as alive and nobody else as live.
     *
     * @return how long it took
     * @throws InvariantViolation if they do not agree within that time
     */
    public Duration awaitAgreement(Duration within) {
        return await(
                "not all that run see each other, and nobody else",
                () -> Agreement.holds(simulation.nodes(), this::at),
                within);
    }

    // ---- inside

    /** Lets time pass up to that moment, or until the condition holds, asked after each thing that happens. Whether it holds. */
    private boolean pass(long until, BooleanSupplier over) {
        if (runner != null) {
            throw new IllegalStateException(
                    "time passes already: run and await are for the test, not for listeners and timers");
        }
        runner = Thread.currentThread();
        try {
            boolean holds = over.getAsBoolean();
            while (!holds && timeline.step(until)) {
                complain();
                holds = over.getAsBoolean();
            }
            return holds;
        } finally {
            runner = null;
        }
    }

    private void complain() {
        InvariantViolation thrown = failure;
        if (thrown != null) {
            failure = null;
            throw thrown;
        }
    }

    /** An application has thrown what nobody catches: the first of these is told. */
    void failed(SimNode node, Throwable thrown) {
        if (failure == null) {
            failure = timeline.violation(node, "the application failed: " + thrown);
            failure.initCause(thrown);
        }
    }

    /** Whoever calls a node does so on the thread on which time passes, or while it does not. */
    void enter() {
        Thread now = runner;
        if (now != null && now != Thread.currentThread()) {
            throw new IllegalStateException("called on " + Thread.currentThread() + " while time passes on " + now
                    + ": what an application does on threads of its own cannot be repeated; give it scheduler(...)");
        }
    }
}
