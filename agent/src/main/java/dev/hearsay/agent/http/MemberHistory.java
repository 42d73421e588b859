package dev.hearsay.agent.http;

import dev.hearsay.agent.HostPort;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.MemberEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What this agent heard of each member since it started, in memory only: the last {@value #MOST_PER_MEMBER} events of one, and
 * {@value #MOST} in all. The oldest goes first, so a member that comes and goes pushes out its own past before that of others.
 * Thread-safe.
 */
final class MemberHistory implements Cluster.Listener {
    /** How many events are kept of one member. */
    static final int MOST_PER_MEMBER = 64;
    /** How many are kept in all. */
    static final int MOST = 16_384;

    private final Map<String, Past> members = new HashMap<>();
    /** Whose event came when, the oldest first. */
    private final Map<Long, String> order = new LinkedHashMap<>();

    private long newest;

    /** One member's events, the oldest first, and how many were forgotten. */
    private static final class Past {
        private final Deque<Entry> entries = new ArrayDeque<>();
        private long forgotten;
    }

    private record Entry(long number, Instant at, MemberEvent.Kind kind, ClusterMember member, String by) {}

    /** Something that happened to a member. */
    record HistoryEntry(
            @Doc("When this agent heard it, RFC 3339") String at,

            @Doc(
                    "joined, updated, suspected, refuted, failed, damped, leaving, left, reaped, name_conflict or name_lost")
            String kind,

            @Doc("Who brought it about: the accuser, or the address that claims a name; else empty")
            String by,

            @Doc("The member's status just after") String status,
            @Doc("Its incarnation just after") long incarnation,
            @Doc("Its address, as ip:port") String address,
            @Doc("Its tags") Map<String, String> tags) {}

    /** What is remembered of a member. */
    record HistoryBody(
            @Doc("The member") String name,

            @Doc("How many earlier events were forgotten for want of room")
            long forgotten,

            @Doc("What this agent heard since it started, the oldest first")
            List<HistoryEntry> entries) {}

    @Override
    public void onEvent(MemberEvent event) {
        onEvent(event, Instant.now());
    }

    synchronized void onEvent(MemberEvent event, Instant at) {
        String name = event.member().name();
        Past past = members.computeIfAbsent(name, none -> new Past());
        newest++;
        past.entries.addLast(new Entry(newest, at, event.kind(), event.member(), event.by()));
        order.put(newest, name);
        if (past.entries.size() > MOST_PER_MEMBER) {
            forget(name, past);
        } else if (order.size() > MOST) {
            String oldest = order.values().iterator().next();
            Past other = members.get(oldest);
            if (other != null) {
                forget(oldest, other);
            }
        }
    }

    private void forget(String name, Past past) {
        order.remove(past.entries.removeFirst().number());
        past.forgotten++;
        if (past.entries.isEmpty()) {
            members.remove(name);
        }
    }

    /** What is remembered of the member; nothing, if nothing is. */
    synchronized HistoryBody of(String name) {
        Past past = members.get(name);
        if (past == null) {
            return new HistoryBody(name, 0, List.of());
        }
        List<HistoryEntry> entries = new ArrayList<>(past.entries.size());
        for (Entry entry : past.entries) {
            ClusterMember member = entry.member();
            entries.add(new HistoryEntry(
                    entry.at().toString(),
                    entry.kind().name().toLowerCase(Locale.ROOT),
                    entry.by(),
                    member.status().text(),
                    member.incarnation(),
                    HostPort.of(member.address()).toString(),
                    member.tags()));
        }
        return new HistoryBody(name, past.forgotten, entries);
    }
}
