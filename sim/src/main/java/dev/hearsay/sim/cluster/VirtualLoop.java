package dev.hearsay.sim.cluster;

import dev.hearsay.api.node.Figures;
import dev.hearsay.api.node.Joins;
import dev.hearsay.api.node.NodeHost;
import dev.hearsay.api.node.NodeLoop;
import dev.hearsay.api.node.Snapshot;
import dev.hearsay.api.node.Traffic;
import dev.hearsay.api.node.WatchedTable;
import dev.hearsay.core.Address;
import dev.hearsay.core.Event;
import dev.hearsay.core.Node;
import dev.hearsay.core.membership.Member;
import dev.hearsay.sim.SimNode;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.WireConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The loop of one node in virtual time: what is posted to it happens at the same moment, after what was posted before. */
final class VirtualLoop implements NodeLoop {
    private final VirtualProcess process;
    private final NodeHost host;
    private final WatchedTable table;
    private final DropCounters drops;
    private final Joins joins = new Joins();
    private final long packetsBefore;
    private final long bytesBefore;
    private final long receivedBefore;
    private final long bytesReceivedBefore;
    private WireConfig wire;
    private List<Event> events = new ArrayList<>();
    private @Nullable Snapshot snapshot;
    private long figuresAt;
    private boolean stopped;

    VirtualLoop(VirtualProcess process, NodeHost host, WatchedTable table, DropCounters drops, WireConfig wire) {
        SimNode node = process.node();
        this.process = process;
        this.host = host;
        this.table = table;
        this.drops = drops;
        this.wire = wire;
        this.packetsBefore = node.packetsSent();
        this.bytesBefore = node.bytesSent();
        this.receivedBefore = node.packetsReceived();
        this.bytesReceivedBefore = node.bytesReceived();
    }

    // ---- what the simulation tells

    /** The node says something, in the middle of a turn. */
    void emitted(Event event) {
        if (!host.onState(event)) {
            events.add(event);
        }
    }

    /** The node begins. What it says meanwhile is no news: it has joined itself. */
    void begun() {
        events.clear();
    }

    /** A turn is over. */
    void acted() {
        if (!stopped) {
            host.onTurnEnd();
            publish();
        }
    }

    /** The process was killed: nobody is left to hear of it. */
    void killed() {
        if (!stopped) {
            stopped = true;
            host.onStopped(null);
        }
    }

    // ---- what the node's cluster asks

    @Override
    public void execute(Runnable action) {
        process.later(0, action);
    }

    @Override
    public Runnable schedule(Runnable action, long delayNanos) {
        boolean[] cancelled = new boolean[1];
        process.later(delayNanos, () -> {
            if (!cancelled[0]) {
                action.run();
            }
        });
        return () -> cancelled[0] = true;
    }

    @Override
    public long nanoTime() {
        return process.nanos();
    }

    @Override
    public long wallMillis() {
        return process.timeline().wallMillis(process.node());
    }

    @Override
    public <T> CompletableFuture<T> promise() {
        return new VirtualFuture<>();
    }

    @Override
    public boolean stopped() {
        return stopped;
    }

    @Override
    public void turn(Input input) {
        if (!stopped) {
            process.timeline().act(process.node(), input::apply);
        }
    }

    @Override
    public void publish() {
        publishSnapshot();
        if (!events.isEmpty()) {
            List<Event> said = events;
            events = new ArrayList<>();
            said.forEach(joins::on);
            host.onEvents(said);
        }
    }

    @Override
    public void say(Event event) {
        events.add(event);
        publish();
    }

    @Override
    public long join(Address seed, boolean replay, Consumer<Joins.Outcome> onDone) {
        long join = joins.begin(onDone);
        turn((node, now, out) -> node.join(join, seed, replay, now, out));
        return join;
    }

    @Override
    public void abandonJoin(long join) {
        joins.abandon(join);
    }

    @Override
    public void stop(@Nullable Throwable cause) {
        if (!stopped) {
            stopped = true;
            process.close();
            host.onStopped(cause);
        }
    }

    @Override
    public Snapshot snapshot() {
        return Objects.requireNonNull(snapshot, "the node has not begun");
    }

    @Override
    public WireConfig wire() {
        return wire;
    }

    @Override
    public void wire(UnaryOperator<WireConfig> change) {
        WireConfig next = change.apply(wire);
        if (next.serf() != wire.serf()) {
            throw new IllegalArgumentException("serf is " + wire.serf() + ": must stay so while the node runs");
        }
        wire = next;
    }

    private void publishSnapshot() {
        long now = nanoTime();
        Snapshot before = snapshot;
        boolean changed = table.takeChanged() || before == null;
        boolean due = before == null || now - figuresAt >= Snapshot.FIGURES_NANOS;
        if (!process.node().isUp() || (!changed && !due)) {
            return;
        }
        Node core = process.node().core();
        List<Member> members = changed || before == null ? Snapshot.copy(table) : before.members();
        long version = before == null ? 0 : before.version() + (changed ? 1 : 0);
        Figures figures = due || before == null ? Figures.of(core, drops, traffic()) : before.figures();
        figuresAt = due ? now : figuresAt;
        snapshot = new Snapshot(core.self(), version, members, table.live(), figures);
    }

    /** What the simulation counts of it; the rest is 0. */
    private Traffic traffic() {
        SimNode node = process.node();
        Traffic traffic = new Traffic();
        traffic.add(Traffic.Kind.PACKETS_OUT, node.packetsSent() - packetsBefore);
        traffic.add(Traffic.Kind.BYTES_OUT, node.bytesSent() - bytesBefore);
        traffic.add(Traffic.Kind.PACKETS_IN, node.packetsReceived() - receivedBefore);
        traffic.add(Traffic.Kind.BYTES_IN, node.bytesReceived() - bytesReceivedBefore);
        return traffic;
    }
}
