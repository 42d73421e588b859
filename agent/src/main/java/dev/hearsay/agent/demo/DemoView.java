package dev.hearsay.agent.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What each agent believes of each member, as far as the agents told, and everything they told in order. Thread-safe: the
 * agents' streams write, the story reads and waits.
 */
final class DemoView {
    private final Map<String, Map<String, String>> beliefs = new TreeMap<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private final List<Heard> heard = new ArrayList<>();
    private Runnable onChange = () -> {};

    /**
     * An agent told that its belief changed.
     *
     * @param observer who tells
     * @param member about whom
     * @param status alive, suspect, failed, leaving or left
     * @param by the accuser, or empty
     * @param nanos when the demo heard it
     */
    record Sighting(String observer, String member, String status, String by, long nanos) {}

    /**
     * An agent told that it heard a user event.
     *
     * @param nanos when the demo heard of it
     */
    record Heard(String observer, String event, long nanos) {}

    /** Calls that after each change, on the thread that brought it. */
    synchronized void onChange(Runnable action) {
        onChange = action;
    }

    /** An agent appears, with what it believes already. */
    synchronized void appear(String observer, Map<String, String> believed) {
        beliefs.put(observer, new TreeMap<>(believed));
        changed();
    }

    /** An agent is gone: it believes nothing any more. */
    synchronized void vanish(String observer) {
        beliefs.remove(observer);
        changed();
    }

    /** An agent tells of a change. What one tells after it vanished is ignored. */
    synchronized void tell(Sighting sighting) {
        Map<String, String> believed = beliefs.get(sighting.observer());
        if (believed == null) {
            return;
        }
        believed.put(sighting.member(), sighting.status());
        sightings.add(sighting);
        changed();
    }

    /** An agent heard a user event. */
    synchronized void tell(Heard event) {
        heard.add(event);
        changed();
    }

    /** Who heard a user event of that name, in the order it was told. */
    synchronized List<Heard> heard(String event) {
        return heard.stream().filter(h -> h.event().equals(event)).toList();
    }

    /** What an observer believes of a member; empty if it does not know it, or is gone. */
    synchronized String belief(String observer, String member) {
        return beliefs.getOrDefault(observer, Map.of()).getOrDefault(member, "");
    }

    /** Whether the observer is there. */
    synchronized boolean present(String observer) {
        return beliefs.containsKey(observer);
    }

    /** What was told from that time on, in the order it was heard. */
    synchronized List<Sighting> since(long nanos) {
        return sightings.stream().filter(s -> s.nanos() - nanos >= 0).toList();
    }

    /** Waits until the view satisfies the condition; returns whether it did within the time. */
    synchronized boolean await(Predicate<DemoView> condition, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (!condition.test(this)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private void changed() {
        notifyAll();
        onChange.run();
    }
}
