package dev.hearsay.api.node;

import dev.hearsay.core.Address;
import dev.hearsay.core.Event;
import dev.hearsay.core.Node;
import dev.hearsay.core.Outbox;
import dev.hearsay.wire.WireConfig;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The driver of one node, as the part that all drivers share needs it: something that does one thing after the other, and knows the
 * time. On the loop, unless said otherwise.
 */
public interface NodeLoop {
    /** One thing that happens to the node. */
    @FunctionalInterface
    interface Input {
        /** Has the node take it. */
        void apply(Node node, long now, Outbox out);
    }

    /** Runs the action on the loop, later if this is the loop; any thread. Nothing happens if the loop has ended. */
    void execute(Runnable action);

    /**
     * Runs the action after that time, on the loop.
     *
     * @return takes it back; of no effect once it has run
     */
    Runnable schedule(Runnable action, long delayNanos);

    /** Monotonic nanoseconds; any thread. */
    long nanoTime();

    /** The time of day in milliseconds since 1970; any thread. */
    long wallMillis();

    /** A future that an application waits for; any thread. */
    default <T> CompletableFuture<T> promise() {
        return new CompletableFuture<>();
    }

    /** Whether the node has stopped: inputs have no effect any more. */
    boolean stopped();

    /** Gives the node one input, and ends the turn: what it said is published and handed on, at once or soon. */
    void turn(Input input);

    /** Publishes what changed and hands on what the node said, for a command whose caller looks at the result. */
    void publish();

    /** Says something in the node's name, beside what it says itself. */
    void say(Event event);

    /** Joins through one address; returns the number of the join, for {@link #abandonJoin}. */
    long join(Address seed, boolean replay, Consumer<Joins.Outcome> onDone);

    /** Forgets a join. */
    void abandonJoin(long join);

    /** Stops the node, once; {@link NodeHost#onStopped} follows. */
    void stop(@Nullable Throwable cause);

    /** The latest published state; any thread. */
    Snapshot snapshot();

    /** What goes around messages now; any thread. */
    WireConfig wire();

    /**
     * Puts something else around messages from now on; any thread.
     *
     * @throws IllegalArgumentException if it changes whether Serf is the layer above
     */
    void wire(UnaryOperator<WireConfig> change);
}
