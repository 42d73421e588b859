package dev.hearsay.api.node;

import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Health;
import dev.hearsay.core.Node;
import dev.hearsay.core.Vitals;
import dev.hearsay.core.coordinate.Coordinate;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.state.StateVitals;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.DropReason;
import dev.hearsay.wire.WireConfig;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A node's figures at one moment, copied cheaply on its loop; {@link #toStats} spells them out for whoever asks. */
public final class Figures {
    private final Vitals vitals;
    private final long[] counters;
    private final long[] drops;
    private final Traffic traffic;
    private final StateVitals state;

    private Figures(Vitals vitals, long[] counters, long[] drops, Traffic traffic, StateVitals state) {
        this.vitals = vitals;
        this.counters = counters;
        this.drops = drops;
        this.traffic = traffic;
        this.state = state;
    }

    /** Lamport time of membership intents. */
    public long memberTime() {
        return vitals.memberTime();
    }

    /** Copies what the node and the driver counted. */
    public static Figures of(Node node, DropCounters drops, Traffic traffic) {
        Counters from = node.counters();
        Counter[] kinds = Counter.values();
        long[] counters = new long[kinds.length];
        for (Counter kind : kinds) {
            counters[kind.ordinal()] = from.get(kind);
        }
        DropReason[] reasons = DropReason.values();
        long[] dropped = new long[reasons.length];
        for (DropReason reason : reasons) {
            dropped[reason.ordinal()] = drops.get(reason);
        }
        return new Figures(
                node.vitals(), counters, dropped, traffic.copy(), node.state().vitals());
    }

    /** How suspicious the silence of each member is, of those that are judged by their heartbeats. */
    public static Map<String, Double> phi(Node node, long now) {
        Map<String, Double> phi = new TreeMap<>();
        MemberTable members = node.members();
        for (int i = 0; i < members.live(); i++) {
            String name = members.at(i).name();
            node.phi(name, now).ifPresent(each -> phi.put(name, each));
        }
        return phi;
    }

    /** Where members are in the network, of those of which that is known. */
    static Map<String, Coordinate> coordinates(Node node, long now) {
        Map<String, Coordinate> known = new TreeMap<>();
        MemberTable members = node.members();
        for (int i = 0; i < members.size(); i++) {
            String name = members.at(i).name();
            Coordinate at = node.coordinate(name);
            if (at != null) {
                known.put(name, at);
            }
        }
        return known;
    }

    /**
     * All figures by name: first Serf's, under the names and in the order of {@code serf info}; then ours. A drop reason
     * that never occurred is left out.
     *
     * @param kept what became of what the node keeps beyond its process
     * @param shared what became of shared state
     */
    static Map<String, String> toStats(
            Snapshot snapshot,
            WireConfig wire,
            long listenerDropped,
            Map<String, Long> kept,
            Map<String, Long> shared) {
        Figures figures = snapshot.figures();
        Map<String, String> stats = new LinkedHashMap<>();
        Vitals vitals = figures.vitals;
        put(stats, "coordinate_resets", vitals.coordinateResets());
        stats.put("encrypted", String.valueOf(wire.keyring() != null));
        put(stats, "event_queue", vitals.queuedEvents());
        put(stats, "event_time", vitals.eventTime());
        put(stats, "failed", count(snapshot, MemberState.DEAD));
        put(stats, "health_score", vitals.health());
        put(stats, "intent_queue", vitals.queuedUpdates() - vitals.queuedEvents() - vitals.queuedQueries());
        put(stats, "left", count(snapshot, MemberState.LEFT));
        put(stats, "member_time", vitals.memberTime());
        put(stats, "members", snapshot.members().size());
        put(stats, "query_queue", vitals.queuedQueries());
        put(stats, "query_time", vitals.queryTime());
        Health local = vitals.local();
        stats.put("hearsay.health_reason", local.reason().name().toLowerCase(Locale.ROOT));
        put(stats, "hearsay.lag_worst_minute_ms", TimeUnit.NANOSECONDS.toMillis(local.worstLagNanos()));
        put(stats, "hearsay.last_pause_ms", TimeUnit.NANOSECONDS.toMillis(local.lastPauseNanos()));
        put(stats, "hearsay.last_pause_collection_ms", TimeUnit.NANOSECONDS.toMillis(local.lastCollectionNanos()));
        put(stats, "hearsay.members_live", snapshot.live());
        put(stats, "hearsay.suspicions", vitals.suspicions());
        put(stats, "hearsay.guards", vitals.guards());
        put(stats, "hearsay.updates_queued", vitals.queuedUpdates());
        put(stats, "hearsay.listener_events_dropped", listenerDropped);
        kept.forEach((key, value) -> put(stats, "hearsay." + key, value));
        put(stats, "hearsay.state_entries", figures.state.entries());
        put(stats, "hearsay.state_live", figures.state.live());
        put(stats, "hearsay.state_bytes", figures.state.bytes());
        put(stats, "hearsay.state_telling", figures.state.telling());
        put(stats, "hearsay.state_backlog", figures.state.backlog());
        put(stats, "hearsay.state_asked", figures.state.wanted());
        put(stats, "hearsay.state_alone", figures.state.alone());
        put(stats, "hearsay.state_fetching", figures.state.fetching() ? 1 : 0);
        shared.forEach((key, value) -> put(stats, "hearsay." + key, value));
        for (Traffic.Kind kind : Traffic.Kind.values()) {
            put(stats, "hearsay." + kind.key(), figures.traffic.get(kind));
        }
        for (Counter counter : Counter.values()) {
            put(stats, "hearsay." + counter.name().toLowerCase(Locale.ROOT), figures.counters[counter.ordinal()]);
        }
        for (DropReason reason : DropReason.values()) {
            long dropped = figures.drops[reason.ordinal()];
            if (dropped > 0) {
                put(stats, "hearsay.dropped_" + reason.name().toLowerCase(Locale.ROOT), dropped);
            }
        }
        return stats;
    }

    private static void put(Map<String, String> stats, String key, long value) {
        stats.put(key, Long.toString(value));
    }

    private static int count(Snapshot snapshot, MemberState state) {
        int count = 0;
        for (Member member : snapshot.members()) {
            count += member.state() == state ? 1 : 0;
        }
        return count;
    }
}
