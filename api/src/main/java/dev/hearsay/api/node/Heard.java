package dev.hearsay.api.node;

import dev.hearsay.api.Cluster.Listener;
import dev.hearsay.api.Cluster.Subscription;
import dev.hearsay.api.UserEvent;
import dev.hearsay.core.Event;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One thing on its way to the listeners.
 *
 * @param event what the node said
 * @param query how to answer it, if it is a query: the same for all listeners, as there is one answer
 */
record Heard(Event event, @Nullable Incoming query) {
    /** Whether it concerns an application at all. */
    static boolean concerns(Event event) {
        return event instanceof Event.MemberEvent || event instanceof Event.UserEvent;
    }

    /** Tells the listener from now on, as one of those. */
    static Subscription subscribe(
            Listener listener, List<ListenerQueue<Heard>> listeners, Callbacks callbacks, AtomicLong dropped) {
        AtomicReference<@Nullable ListenerQueue<Heard>> self = new AtomicReference<>();
        ListenerQueue<Heard> queue = new ListenerQueue<>(
                heard -> heard.tell(listener),
                heard -> 1,
                Listener.MAX_PENDING,
                callbacks,
                dropped,
                () -> listeners.remove(self.get()));
        self.set(queue);
        listeners.add(queue);
        return queue;
    }

    void tell(Listener listener) {
        if (event instanceof Event.MemberEvent about) {
            listener.onEvent(Events.toApi(about));
        } else if (event instanceof Event.UserEvent user) {
            listener.onUserEvent(new UserEvent(user.name(), user.payload(), user.time(), user.coalesce()));
        } else if (query != null) {
            listener.onQuery(query);
        }
    }

    /** What it is, for a log. */
    @Override
    public String toString() {
        return event.getClass().getSimpleName();
    }
}
