package dev.hearsay.experiment.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * How things that a member begins reach the others: who has one, when it got it, and what came of it in the end. Counted are members
 * whose process has run since the thing began.
 *
 * @param <T> one such thing
 */
abstract class Spread<T extends Spread.Thing> {
    /** How long a thing is followed; whoever gets it later has not been reached. */
    static final long FOLLOWED_NANOS = 60_000_000_000L;

    final int members;
    private final Wellness wellness;
    private final Deque<T> order = new ArrayDeque<>();
    private final List<Double> each = new ArrayList<>();
    private final List<Double> all = new ArrayList<>();
    private long reached;
    private long meant;

    /** Something that is followed. */
    static class Thing {
        final int origin;
        final long at;
        private final BitSet reached = new BitSet();
        private long last;
        private boolean closed;

        Thing(int origin, long at) {
            this.origin = origin;
            this.at = at;
            this.last = at;
        }
    }

    Spread(int members, Wellness wellness) {
        this.members = members;
        this.wellness = wellness;
    }

    /** From now on it is followed. */
    final void follow(T thing) {
        order.add(thing);
    }

    /** A member has it now; returns whether that is new, and counts. */
    final boolean reach(T thing, int member, long now) {
        Thing state = thing;
        if (state.reached.get(member) || !wellness.upSince(member, thing.at)) {
            return false;
        }
        state.reached.set(member);
        if (member != thing.origin) {
            state.last = now;
            if (each.size() < Samples.MOST) {
                each.add((now - thing.at) / 1e9);
            }
        }
        return true;
    }

    final boolean everywhere(T thing) {
        Thing state = thing;
        return state.reached.cardinality() == members;
    }

    /** Ends what has been followed for long. */
    final void look(long now) {
        while (!order.isEmpty() && now - order.getFirst().at >= FOLLOWED_NANOS) {
            close(order.removeFirst());
        }
    }

    /** The run is over. */
    final void end() {
        order.forEach(this::close);
        order.clear();
    }

    /** It is not followed any more; no effect if it was closed before. */
    final void close(T thing) {
        Thing state = thing;
        if (state.closed) {
            return;
        }
        state.closed = true;
        boolean complete = true;
        for (int member = 0; member < members; member++) {
            if (wellness.upSince(member, thing.at)) {
                boolean has = state.reached.get(member);
                meant++;
                reached += has ? 1 : 0;
                complete &= has;
            }
        }
        long last = state.last;
        if (complete && last > thing.at) {
            all.add((last - thing.at) / 1e9);
        }
        closed(thing);
    }

    /** It is not followed any more. */
    abstract void closed(T thing);

    /** Puts what was measured into a result: {@code kind-member}, {@code kind-all} and the share that was delivered. */
    final void report(Findings findings, String kind, String delivered) {
        findings.spread(kind + "-member", new Samples(each));
        findings.spread(kind + "-all", new Samples(all));
        if (meant > 0) {
            findings.put(delivered, (double) reached / meant);
        }
    }
}
