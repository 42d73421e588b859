package dev.hearsay.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** What has reached a machine and waits until its process takes it. Of packets it holds as many as a socket does. */
final class Inbox {
    private final Deque<Input> waiting = new ArrayDeque<>();
    private int packets;

    /** Keeps an input until the process goes on. Returns false if the socket is full: the packet is lost. */
    boolean keep(Input input) {
        if (input instanceof PacketArrival) {
            if (packets >= SimNode.SOCKET_PACKETS) {
                return false;
            }
            packets++;
        }
        waiting.add(input);
        return true;
    }

    /** Takes back what the process had begun with and did not get to the end of. */
    void putBack(Input input) {
        packets += input instanceof PacketArrival ? 1 : 0;
        waiting.addFirst(input);
    }

    int size() {
        return waiting.size();
    }

    /** The timer, or else the message, that has waited longest; null if there is none. */
    @Nullable Input next(boolean timer) {
        for (Iterator<Input> each = waiting.iterator(); each.hasNext(); ) {
            Input input = each.next();
            if (input instanceof TimerDue == timer) {
                each.remove();
                packets -= input instanceof PacketArrival ? 1 : 0;
                return input;
            }
        }
        return null;
    }

    /**
     * Everything, in the order in which an event loop takes it: it has woken for the first thing that happened. If that was a
     * timer, all timers that have come due are first; if it was a packet, it reads a few and then turns to the timers.
     */
    Deque<Input> takeAll() {
        int before = waiting.peek() instanceof TimerDue ? 0 : SimNode.PACKETS_BEFORE_TIMERS;
        Deque<Input> first = new ArrayDeque<>();
        Deque<Input> timers = new ArrayDeque<>();
        Deque<Input> rest = new ArrayDeque<>();
        for (Input input : waiting) {
            if (input instanceof TimerDue) {
                timers.add(input);
            } else {
                (first.size() < before ? first : rest).add(input);
            }
        }
        clear();
        first.addAll(timers);
        first.addAll(rest);
        return first;
    }

    void clear() {
        waiting.clear();
        packets = 0;
    }
}
