package dev.hearsay.sim.cluster;

import dev.hearsay.api.JoinResult;
import dev.hearsay.api.QueryListener;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.api.QueryResult;
import dev.hearsay.api.node.NodeCluster;
import dev.hearsay.api.node.NodeHost;
import dev.hearsay.api.node.NodeSetup;
import dev.hearsay.api.node.Seed;
import dev.hearsay.api.node.WatchedTable;
import dev.hearsay.api.node.state.StateStore;
import dev.hearsay.core.Address;
import dev.hearsay.core.Event;
import dev.hearsay.core.membership.DenseMemberTable;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.sim.SimNode;
import dev.hearsay.wire.AnnouncementTable;
import dev.hearsay.wire.DropCounters;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A node in virtual time, as its application sees it. What it is told to do is in the trace. */
final class VirtualCluster extends NodeCluster<VirtualLoop> {
    private final VirtualProcess process;
    private final Function<String, @Nullable Address> names;
    private final WatchedTable table;
    private boolean beginning;
    private boolean begun;

    /**
     * A process that is about to start.
     *
     * @param names the address of a machine; null if there is none of that name
     */
    static VirtualCluster start(
            VirtualProcess process, FixtureSettings settings, Function<String, @Nullable Address> names) {
        DropCounters drops = new DropCounters();
        WatchedTable table = new WatchedTable(new AnnouncementTable(
                new DenseMemberTable(settings.seed()), settings.wire().serf(), drops));
        return new VirtualCluster(process, settings, names, table, drops);
    }

    private VirtualCluster(
            VirtualProcess process,
            FixtureSettings settings,
            Function<String, @Nullable Address> names,
            WatchedTable table,
            DropCounters drops) {
        super(setup(process, settings), new Parts<>() {
            @Override
            public VirtualLoop driver(NodeHost host) {
                return new VirtualLoop(process, host, table, drops, settings.wire());
            }

            @Override
            public @Nullable StateStore store() {
                return null;
            }
        });
        this.process = process;
        this.names = names;
        this.table = table;
    }

    private static NodeSetup setup(VirtualProcess process, FixtureSettings settings) {
        SimNode node = process.node();
        var callbacks = process.callbacks();
        return new NodeSetup(
                node.name(),
                node.address().port(),
                settings.config(),
                settings.serf(),
                settings.state(),
                false,
                null,
                callbacks,
                callbacks.executor());
    }

    MemberTable table() {
        return table;
    }

    VirtualProcess process() {
        return process;
    }

    // ---- what the simulation tells

    void onEvent(Event event) {
        driver.emitted(event);
    }

    void onActed() {
        if (begun) {
            driver.acted();
        } else if (!beginning) {
            beginning = true;
            process.timeline().act(process.node(), (node, now, out) -> shared().begin(node.state(), now, out));
            driver.begun();
            begun = true;
            driver.acted();
        }
    }

    void killed() {
        driver.killed();
    }

    // ---- what differs from sockets

    @Override
    protected CompletableFuture<List<Address>> resolve(Seed seed) {
        byte[] literal = seed.literal();
        Address known = literal == null ? names.apply(seed.host()) : Address.of(literal, seed.port());
        if (known == null) {
            return CompletableFuture.failedFuture(new Seed.Unresolved(seed, "unknown host"));
        }
        return CompletableFuture.completedFuture(List.of(known));
    }

    @Override
    protected void onLeave() {
        process.timeline().leaving(process.node());
    }

    // ---- what the trace tells

    private void note(String what) {
        process.enter();
        if (process.alive()) {
            process.timeline().note(process.node(), what);
        }
    }

    @Override
    public CompletableFuture<JoinResult> join(Collection<String> seeds, boolean replay) {
        CompletableFuture<JoinResult> result = super.join(seeds, replay);
        note("join " + String.join(" ", seeds));
        return result;
    }

    @Override
    public Subscription listen(Listener listener) {
        process.enter();
        return super.listen(listener);
    }

    @Override
    public CompletableFuture<Void> tags(Map<String, String> tags) {
        note("tags " + new TreeMap<>(tags));
        return super.tags(tags);
    }

    @Override
    public CompletableFuture<Void> leave() {
        note("leave");
        return super.leave();
    }

    @Override
    public CompletableFuture<Boolean> forceLeave(String name, boolean prune) {
        note("force-leave " + name);
        return super.forceLeave(name, prune);
    }

    @Override
    public CompletableFuture<Void> event(String name, byte[] payload, boolean coalesce) {
        note("event " + name);
        return super.event(name, payload, coalesce);
    }

    @Override
    public CompletableFuture<QueryResult> query(QueryRequest request, QueryListener listener) {
        note("query " + request.name());
        return super.query(request, listener);
    }
}
