package dev.hearsay.agent.handler;

import dev.hearsay.agent.EventNames;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.UserEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes few events of many, so that a cluster that starts does not start a script for each member (Serf's coalescing, with
 * the periods of its agent). A function of its inputs: the time is an argument, monotonic nanoseconds. Not thread-safe.
 *
 * <p>Events are held until none has come for {@link #QUIET}, and for {@link #PERIOD} at most. Of a member's events only the
 * last counts, and only if it is of another kind than the one that was handed out for that member before; updates always
 * count. Members of one kind come together in one event. Of user events that may be coalesced, those of one name count that
 * have the latest Lamport time. Member and user events are held apart from each other, and {@link #MAX_HELD} at most: then
 * they are handed out early.
 *
 * <p>Serf hands out an update again with each later batch (its issue 555); here each is handed out once.
 */
final class Coalescer {
    /** The longest that an event is held. */
    static final Duration PERIOD = Duration.ofSeconds(3);
    /** How long nothing must come before those held are handed out. */
    static final Duration QUIET = Duration.ofSeconds(1);
    /** How many members, or user events, are held at most. */
    static final int MAX_HELD = 4096;

    private final Window memberWindow = new Window();
    private final Window userWindow = new Window();
    private final Map<String, Latest> members = new LinkedHashMap<>();
    /** What was last handed out for a member; forgotten when it is reaped. At most one for each member in the list. */
    private final Map<String, String> handedOut = new HashMap<>();

    private final Map<String, List<UserEvent>> users = new LinkedHashMap<>();
    private int usersHeld;

    private record Latest(String kind, ClusterMember member) {}

    /** Takes a member event; one that Serf does not have is ignored. */
    List<HandlerEvent> offer(MemberEvent event, long now) {
        String kind = EventNames.of(event.kind());
        if (!EventNames.SERF.contains(kind)) {
            return List.of();
        }
        String name = event.member().name();
        // Taken out first, so that the order is that of the last events.
        members.remove(name);
        members.put(name, new Latest(kind, event.member()));
        memberWindow.open(now);
        return members.size() < MAX_HELD ? List.of() : flushMembers();
    }

    /** Takes a user event; one that must not be coalesced is handed out at once. */
    List<HandlerEvent> offer(UserEvent event, long now) {
        if (!event.coalesce()) {
            return List.of(new HandlerEvent.User(event));
        }
        List<UserEvent> latest = users.computeIfAbsent(event.name(), name -> new ArrayList<>());
        int order = latest.isEmpty()
                ? 1
                : Long.compareUnsigned(event.time(), latest.get(0).time());
        if (order > 0) {
            usersHeld -= latest.size();
            latest.clear();
        }
        if (order >= 0) {
            latest.add(event);
            usersHeld++;
        }
        userWindow.open(now);
        return usersHeld < MAX_HELD ? List.of() : flushUsers();
    }

    /** How long until something has to be handed out: 0 if that time has come, {@link Long#MAX_VALUE} if nothing is held. */
    long waitNanos(long now) {
        return Math.min(memberWindow.waitNanos(now), userWindow.waitNanos(now));
    }

    /** Hands out what has been held for long enough. */
    List<HandlerEvent> due(long now) {
        List<HandlerEvent> due = new ArrayList<>();
        if (memberWindow.waitNanos(now) == 0) {
            due.addAll(flushMembers());
        }
        if (userWindow.waitNanos(now) == 0) {
            due.addAll(flushUsers());
        }
        return due;
    }

    private List<HandlerEvent> flushMembers() {
        Map<String, List<ClusterMember>> byKind = new LinkedHashMap<>();
        members.forEach((name, latest) -> {
            boolean same = latest.kind().equals(handedOut.get(name));
            if (!same || latest.kind().equals(EventNames.of(MemberEvent.Kind.UPDATED))) {
                handedOut.put(name, latest.kind());
                byKind.computeIfAbsent(latest.kind(), kind -> new ArrayList<>()).add(latest.member());
            }
            if (latest.kind().equals(EventNames.of(MemberEvent.Kind.REAPED))) {
                handedOut.remove(name);
            }
        });
        members.clear();
        memberWindow.close();
        List<HandlerEvent> events = new ArrayList<>();
        byKind.forEach((kind, of) -> events.add(new HandlerEvent.Members(kind, List.copyOf(of))));
        return events;
    }

    private List<HandlerEvent> flushUsers() {
        List<HandlerEvent> events = new ArrayList<>();
        users.values().forEach(latest -> latest.forEach(event -> events.add(new HandlerEvent.User(event))));
        users.clear();
        usersHeld = 0;
        userWindow.close();
        return events;
    }

    /** From the first event held to the time when all are handed out. */
    private static final class Window {
        private boolean open;
        private long opened;
        private long last;

        void open(long now) {
            if (!open) {
                open = true;
                opened = now;
            }
            last = now;
        }

        void close() {
            open = false;
        }

        long waitNanos(long now) {
            if (!open) {
                return Long.MAX_VALUE;
            }
            long quiet = QUIET.toNanos() - (now - last);
            return Math.max(0, Math.min(quiet, PERIOD.toNanos() - (now - opened)));
        }
    }
}
