package dev.hearsay.experiment.run;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** Who is gone, and how long the others take to tell it. */
final class Detections {
    private final Wellness wellness;
    private final BiPredicate<Integer, Integer> believesAlive;
    private final int members;
    private final Map<Integer, Gone> gone = new TreeMap<>();
    private final List<Double> first = new ArrayList<>();
    private final List<Double> all = new ArrayList<>();

    /** One whose process has ended. */
    private static final class Gone {
        private final long at;
        private final BitSet told = new BitSet();
        private long lastTold;
        private boolean complete;

        private Gone(long at) {
            this.at = at;
            this.lastTold = at;
        }
    }

    /**
     * So many members.
     *
     * @param believesAlive whether the first one still takes the second for live
     */
    Detections(int members, Wellness wellness, BiPredicate<Integer, Integer> believesAlive) {
        this.members = members;
        this.wellness = wellness;
        this.believesAlive = believesAlive;
    }

    /** A process has ended without a word. */
    void gone(int member, long now) {
        gone.put(member, new Gone(now));
    }

    /** Another one begins there: whoever has not noticed, does not any more. */
    void back(int member) {
        gone.remove(member);
    }

    boolean isGone(int member) {
        return gone.containsKey(member);
    }

    /** A member tells another failed. */
    void failed(int observer, int subject, long now) {
        Gone victim = gone.get(subject);
        if (victim == null) {
            return;
        }
        if (victim.told.isEmpty()) {
            first.add((now - victim.at) / 1e9);
        }
        victim.told.set(observer);
        victim.lastTold = now;
    }

    /** Looks whether all that are well have noticed those that are gone. */
    void look(long now) {
        gone.forEach((member, victim) -> {
            if (!victim.complete && !victim.told.isEmpty() && noticedByAll(member, victim, now)) {
                victim.complete = true;
                all.add((victim.lastTold - victim.at) / 1e9);
            }
        });
    }

    private boolean noticedByAll(int member, Gone victim, long now) {
        for (int observer = 0; observer < members; observer++) {
            boolean asked = observer != member && !victim.told.get(observer) && wellness.well(observer, now);
            if (asked && believesAlive.test(observer, member)) {
                return false;
            }
        }
        return true;
    }

    /** How many are gone for longer than the longest suspicion, and not known to be to all that are well. */
    int undetected(long now) {
        return (int) gone.values().stream()
                .filter(victim -> !victim.complete && now - victim.at > wellness.grace())
                .count();
    }

    Samples first() {
        return new Samples(first);
    }

    Samples all() {
        return new Samples(all);
    }
}
