package dev.hearsay.sim;

import dev.hearsay.core.Address;
import dev.hearsay.core.Node;
import dev.hearsay.core.Prng;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.MemberTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets machines up, and starts processes on them. */
final class Starter {
    private static final int PORT = 7946;

    private final Engine engine;
    private final SimulationBuilder settings;
    private final Beliefs beliefs = new Beliefs();
    private final @Nullable SharedTable[] tables;
    private int addresses;

    Starter(Engine engine, SimulationBuilder settings) {
        this.engine = engine;
        this.settings = settings;
        this.tables = new @Nullable SharedTable[settings.nodes];
        if (settings.timeline != null) {
            settings.timeline.attach(engine, settings);
        }
        for (int i = 0; i < settings.nodes; i++) {
            // Any origin will do for a monotonic clock: different ones show whether somebody compares them.
            long origin = Prng.mix(settings.seed ^ Prng.mix(i + 1L)) >>> 24;
            engine.add(new SimNode(i, nextAddress(), origin, settings.durable.test(i)));
        }
    }

    /** Starts every process. */
    void startAll() {
        List<Claim> everybody = new ArrayList<>();
        for (SimNode node : engine.nodes()) {
            Node core = begin(node);
            if (settings.warm) {
                everybody.add(core.self().claim());
            }
        }
        List<Claim> known = List.copyOf(everybody);
        for (SimNode node : engine.nodes()) {
            engine.command(node, "start", (core, now, out) -> core.start(known, now, out));
        }
    }

    /** Starts a process that knows nobody yet. */
    void start(SimNode node) {
        begin(node);
        engine.command(node, "start", (core, now, out) -> core.start(now, out));
    }

    private Node begin(SimNode node) {
        MemberTable plain = settings.tables == null ? sharedTable(node) : settings.tables.apply(node);
        Invariants checked = engine.invariants();
        MemberTable table = checked == null ? plain : new WatchedTable(plain, node, checked);
        Node core = settings.makeNode(node, engine.now(), table, engine.sizes());
        SimProcess process = new SimProcess(engine, node, core);
        node.begin(process);
        long now = node.localTime(engine.now());
        core.state().onClock(settings.wallMillis(node, engine.now()), now);
        node.disk().ifPresent(disk -> disk.restore(core, now, process));
        node.hasHad(core.self().incarnation());
        return core;
    }

    private MemberTable sharedTable(SimNode node) {
        SharedTable before = tables[node.index()];
        if (before != null) {
            before.close();
        }
        SharedTable table = new SharedTable(beliefs);
        tables[node.index()] = table;
        return table;
    }

    /** An address that no machine has had. */
    Address nextAddress() {
        int host = ++addresses;
        return Address.ipv4(10, host >> 16, (host >> 8) & 0xFF, host & 0xFF, PORT);
    }
}
