package dev.hearsay.agent.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of events for any number of readers, of which the last are kept. Each reader has only a place in
 * it: whoever is so slow, or away so long, that events were lost is told how many. Thread-safe.
 */
final class Feed {
    /** How many events are kept, unless said otherwise. */
    static final int RING = 1024;
    /** How many a reader gets at once. */
    private static final int BATCH = 64;

    private final String epoch;
    private final Entry[] ring;
    private long newest;
    private boolean ended;

    /**
     * One event.
     *
     * @param number from 1 on, without holes
     * @param kind its name in the stream
     * @param about what a reader may choose it by; empty for nothing
     * @param data JSON
     */
    record Entry(long number, String kind, String about, String data) {}

    /**
     * What a reader gets next.
     *
     * @param lost how many events are gone that came before these
     * @param place where to go on
     * @param ended whether nothing will follow
     */
    record Batch(List<Entry> entries, long lost, long place, boolean ended) {}

    /**
     * An empty feed.
     *
     * @param epoch what tells its numbers from those of another feed, another run of the agent for one; no hyphen
     */
    Feed(String epoch) {
        this(epoch, RING);
    }

    /** The same, of which so many events are kept. */
    Feed(String epoch, int kept) {
        this.epoch = epoch;
        this.ring = new Entry[kept];
    }

    /** Adds an event; no effect once the feed has ended. */
    void publish(String kind, Record data) {
        publish(kind, "", data);
    }

    /** The same, about something by which a reader may choose it. */
    synchronized void publish(String kind, String about, Record data) {
        if (!ended) {
            newest++;
            ring[(int) (newest % ring.length)] = new Entry(newest, kind, about, Json.text(data));
            notifyAll();
        }
    }

    /** Nothing will follow. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** The place behind the newest event. */
    synchronized long newest() {
        return newest;
    }

    /** The place as readers are told it. */
    String id(long place) {
        return epoch + "-" + place;
    }

    /** The place that an id of this feed names; -1 for an id of another feed, or none at all. */
    synchronized long place(@Nullable String id) {
        if (id != null && id.matches(Pattern.quote(epoch) + "-[0-9]{1,18}")) {
            long place = Long.parseLong(id.substring(epoch.length() + 1));
            return place <= newest ? place : -1;
        }
        return -1;
    }

    /** Waits for events behind that place, at most so long; none if none came. */
    synchronized Batch next(long place, long waitMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        while (newest == place && !ended) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        long first = Math.max(place + 1, newest - ring.length + 1);
        long last = Math.min(newest, first + BATCH - 1);
        List<Entry> entries = new ArrayList<>();
        for (long number = first; number <= last; number++) {
            entries.add(ring[(int) (number % ring.length)]);
        }
        return new Batch(entries, first - place - 1, last, ended && last == newest);
    }
}
