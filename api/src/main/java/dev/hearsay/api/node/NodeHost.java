package dev.hearsay.api.node;

import dev.hearsay.core.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What surrounds a node; called on its loop. */
public interface NodeHost {
    /** What the node said during a turn, in order. */
    void onEvents(List<Event> events);

    /**
     * The node says something, in the middle of a turn.
     *
     * @return whether it was about shared state: then nobody else hears of it
     */
    default boolean onState(Event event) {
        return false;
    }

    /** A turn is over; {@link #onEvents} follows, at once or later. */
    default void onTurnEnd() {}

    /** The node has stopped and its ports are free. */
    void onStopped(@Nullable Throwable cause);
}
