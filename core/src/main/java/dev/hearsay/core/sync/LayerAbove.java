package dev.hearsay.core.sync;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Delegate;
import dev.hearsay.core.Event;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.StreamMessage.Digest;
import dev.hearsay.core.StreamMessage.PushPull;
import dev.hearsay.core.StreamMessage.SerfState;
import dev.hearsay.core.event.UserEvents;
import dev.hearsay.core.membership.Intents;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.Membership;
import dev.hearsay.core.query.Heard;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the layer above memberlist adds to an exchange, and what it takes from one: Serf's, or the application's. */
public final class LayerAbove {
    private final Delegate delegate;
    private final Membership membership;
    private final Intents intents;
    private final UserEvents events;
    private final Heard queries;
    private final Counters counters;

    /** Serf's parts, which say nothing if the delegate is not Serf. */
    public LayerAbove(
            Delegate delegate,
            Membership membership,
            Intents intents,
            UserEvents events,
            Heard queries,
            Counters counters) {
        this.delegate = delegate;
        this.membership = membership;
        this.intents = intents;
        this.events = events;
        this.queries = queries;
        this.counters = counters;
    }

    /** What goes along with all members; null if there is nothing. */
    StreamMessage.@Nullable UpperState state(boolean join) {
        if (delegate.serf()) {
            return state(member -> true);
        }
        Bytes state = delegate.localState(join);
        return state.length() == 0 ? null : new StreamMessage.UserState(state);
    }

    /** What goes along with these members: Serf's clocks, their intents, and all events. */
    SerfState state(Predicate<Member> about) {
        Intents.Known known = intents.known(about);
        return new SerfState(
                intents.time(), known.times(), known.left(), events.time(), queries.time(), events.remembered());
    }

    /** Serf's clocks and the sum of the events, beside sums of beliefs. */
    Digest digest(long sum, Bytes parts) {
        return new Digest(intents.time(), events.time(), queries.time(), sum, events.sum(), parts);
    }

    /** Whether the other side remembers the same events. */
    boolean agrees(Digest remote) {
        return !delegate.serf() || remote.events() == events.sum();
    }

    /** The clocks of another. */
    void hear(Digest remote) {
        if (delegate.serf()) {
            intents.hear(remote.time());
            events.hear(remote.eventTime());
            queries.hear(remote.queryTime());
        }
    }

    /** What the cluster remembers at this moment, which this node is about to join, is no news to the application. */
    void ignoreEventsOf(PushPull remote) {
        if (delegate.serf() && remote.upper() instanceof SerfState state) {
            events.ignoreBefore(state.eventTime());
        }
    }

    /** Takes over what came with the members of another, which have been merged before. */
    void merge(PushPull remote, long now, Outbox out) {
        if (remote.upper() instanceof SerfState state && delegate.serf()) {
            intents.merge(state, membership, now, out);
            queries.hear(state.queryTime());
            events.merge(state.eventTime(), state.events(), out);
        } else if (remote.upper() instanceof StreamMessage.UserState state && !delegate.serf()) {
            out.emit(new Event.RemoteState(state.content(), remote.join()));
        } else if (remote.upper() != null) {
            counters.count(Counter.USER_MESSAGES_UNKNOWN);
        }
    }
}
