package dev.hearsay.experiment.run;

import java.util.PriorityQueue;

/** What a run does itself, in the order of time; at one moment, in the order in which it was put here. */
final class Agenda {
    private final PriorityQueue<Item> items = new PriorityQueue<>();
    private long number;

    private record Item(long at, long number, Runnable action) implements Comparable<Item> {
        @Override
        public int compareTo(Item other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }

    /** The action is done at that moment, in virtual nanoseconds. */
    void at(long nanos, Runnable action) {
        items.add(new Item(nanos, number++, action));
    }

    /** When the next is to be done; {@link Long#MAX_VALUE} if nothing is left. */
    long next() {
        Item first = items.peek();
        return first == null ? Long.MAX_VALUE : first.at;
    }

    /** Does what is to be done up to that moment. */
    void act(long now) {
        for (Item first = items.peek(); first != null && first.at <= now; first = items.peek()) {
            items.remove();
            first.action.run();
        }
    }
}
