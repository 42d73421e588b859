package dev.hearsay.agent.http;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.State;
import dev.hearsay.api.StateChange;
import dev.hearsay.api.StateListener;
import dev.hearsay.api.StateType;
import dev.hearsay.core.Bytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Changes of shared state as a {@link Feed} of their own, so that a burst of writes does not push news of members out of theirs. Begins with
 * the first who wants to hear them: until then they cost nothing. Thread-safe.
 */
final class StateFeed implements AutoCloseable {
    /** A longer value is not told: whoever wants it reads it. So the feed has a bound in bytes, too. */
    static final int LONGEST_VALUE = 1024;

    /** The event that says how far a fetch of everything is. */
    static final String PROGRESS = "progress";

    private final Feed feed;
    private Cluster.@Nullable Subscription subscription;
    private boolean closed;

    /** A change. */
    record StateNews(
            @Doc("When this agent heard it, RFC 3339") String at,
            @Doc("fact, map, set, counter or register") String type,
            @Doc("Its name; of a fact, the member's") String collection,

            @Doc(value = "The key or element, if it is UTF-8; empty for counters and registers", optional = true)
            @Nullable String key,

            @Doc("The key or element in Base64") String keyBase64,
            @Doc("Whether it is gone") boolean deleted,

            @Doc("How long the value is, in bytes; 0 if it is gone, for elements of sets, and for counters")
            int bytes,

            @Doc(value = "The value, if it is UTF-8 and at most 1,024 bytes long", optional = true) @Nullable String value,

            @Doc(value = "The value in Base64, if it is at most 1,024 bytes long", optional = true) @Nullable String valueBase64,

            @Doc(value = "Of a counter: what all have counted", optional = true) @Nullable Long count,

            @Doc("When it was written, by the clock of whoever did, RFC 3339")
            String written,

            @Doc("Whether this agent has written it") boolean own) {}

    /** How far the fetch of everything from another member is. */
    record ProgressNews(
            @Doc("How many entries have come") int entries,
            @Doc("Of how many") int total,
            @Doc("Whether all are there") boolean complete) {}

    StateFeed(String epoch) {
        this.feed = new Feed(epoch);
    }

    /** The feed, once it has begun. */
    synchronized Feed open(State state) {
        if (subscription == null && !closed) {
            subscription = state.watch(new Teller(feed, state));
        }
        return feed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (subscription != null) {
            subscription.close();
        }
        feed.end();
    }

    /** Puts what it hears into the feed. */
    private record Teller(Feed feed, State state) implements StateListener {
        @Override
        public void onChange(StateChange change) {
            Bytes after = change.after();
            boolean counter = change.type() == StateType.COUNTER;
            boolean valued = after != null && !counter && change.type() != StateType.SET;
            Bytes told = valued && after != null && after.length() <= LONGEST_VALUE ? after : null;
            StateNews news = new StateNews(
                    Instant.now().toString(),
                    change.type().text(),
                    change.collection(),
                    Payload.text(change.key()),
                    Payload.base64(change.key()),
                    after == null,
                    valued && after != null ? after.length() : 0,
                    told == null ? null : Payload.text(told),
                    told == null ? null : Payload.base64(told),
                    counter ? state.counter(change.collection()).value() : null,
                    change.written().toString(),
                    change.own());
            feed.publish(FeedKind.STATE.text(), about(change.type().text(), change.collection()), news);
        }

        @Override
        public void onProgress(int entries, int total, boolean complete) {
            feed.publish(PROGRESS, new ProgressNews(entries, total, complete));
        }

        @Override
        public void onGap(long dropped) {
            feed.publish(EventStream.GAP, new EventStream.Gap(dropped, "busy"));
        }
    }

    /** What an event of that collection is about. */
    static String about(String type, String collection) {
        return type + "/" + collection;
    }
}
