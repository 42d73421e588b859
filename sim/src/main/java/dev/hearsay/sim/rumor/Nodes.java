package dev.hearsay.sim.rumor;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.SerfConfig;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.Timer;
import dev.hearsay.core.event.UserEvents;
import dev.hearsay.core.membership.Rumors;
import java.util.function.IntSupplier;

/**
 * The nodes: what each of them does with an input. In an array of numbers ({@link PackedNodes}); the tests have them as objects besides, and
 * nobody may be able to tell the two apart from outside.
 */
interface Nodes {
    /** The node begins. */
    void start(int node, Outbox out);

    /** The node tells everybody. Returns whether it spreads the rumor now. */
    boolean fire(int node, boolean mailed, Outbox out);

    /** A copy has arrived. Returns how many more nodes spread the rumor now: 1, 0 or -1. */
    int onEvent(int node, long now, Outbox out);

    /** The gossip tick has come. Returns as {@link #onEvent}. */
    int onTick(int node, long now, Outbox out);

    /** It is time to forward. Returns as {@link #onEvent}. */
    int onForward(int node, Timer.Forward timer, long now, Outbox out);

    /**
     * What all nodes have in common. The counters as well: they sum up what all count, where 600 bytes a node would be a third of what
     * its objects take.
     */
    record Shared(
            long seed,
            Config config,
            EverybodyTable table,
            Sizes sizes,
            IntSupplier longest,
            Counters counters,
            Message.UserEvent rumor) {

        private static final long STEP = 0x9E3779B97F4A7C15L;
        private static final SerfConfig SERF = SerfConfig.DEFAULTS.withUserEventBytes(SerfConfig.MAX_USER_EVENT_BYTES);

        /** The seed of a node's own random numbers. */
        long seedOf(int node) {
            return Prng.mix(seed ^ Prng.mix((node + 1) * STEP));
        }

        UserEvents events(Rumors rumors) {
            return new UserEvents(SERF, sizes, longest, rumors, counters);
        }

        /** The event that the node makes of it must be the rumor: it is the first that anybody fires. */
        Message.UserEvent fire(UserEvents events, Outbox out) {
            Bytes payload = rumor.payload();
            return events.fire(rumor.name(), payload, rumor.coalesce(), out);
        }
    }
}
