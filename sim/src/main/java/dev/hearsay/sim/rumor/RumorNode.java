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
import dev.hearsay.core.dissemination.Dissemination;
import dev.hearsay.core.dissemination.Forwarding;
import dev.hearsay.core.dissemination.Gossip;
import dev.hearsay.core.event.UserEvents;
import dev.hearsay.core.membership.MemberTable;
import java.util.function.IntSupplier;

/** What of a node spreads user events, wired as {@link dev.hearsay.core.Node} does it. */
final class RumorNode {
    private final Dissemination dissemination;
    private final Gossip gossip;
    private final Forwarding forwarding;
    private final UserEvents events;

    RumorNode(String name, Parts shared, long seed) {
        Config config = shared.config;
        dissemination = new Dissemination(config, shared.table, shared.sizes, shared.counters);
        gossip = new Gossip(name, config, shared.table, dissemination, shared.sizes, new Prng(seed));
        forwarding = new Forwarding(config, dissemination, gossip);
        events = new UserEvents(shared.serf, shared.sizes, shared.longest, dissemination, shared.counters);
    }

    void start(long now, Outbox out) {
        gossip.start(out);
        forwarding.afterInput(now, out);
    }

    void fire(String name, Bytes payload, boolean mailed, long now, Outbox out) {
        Message.UserEvent event = events.fire(name, payload, false, out);
        if (mailed) {
            forwarding.mail(event, now, out);
        } else {
            forwarding.afterInput(now, out);
        }
    }

    void onEvent(Message.UserEvent event, long now, Outbox out) {
        events.onEvent(event, out);
        forwarding.afterInput(now, out);
    }

    void onTick(long now, Outbox out) {
        gossip.onTick(now, out);
        forwarding.afterInput(now, out);
    }

    void onForward(Timer.Forward timer, long now, Outbox out) {
        forwarding.onTimer(timer, now, out);
        forwarding.afterInput(now, out);
    }

    /** Whether it still spreads anything. */
    boolean hot() {
        return dissemination.size() > 0;
    }

    /**
     * What all nodes have in common. The counters as well: they sum up what all have counted, where 600 bytes a node would be more than half
     * of what a node takes.
     */
    record Parts(
            Config config, MemberTable table, Sizes sizes, SerfConfig serf, IntSupplier longest, Counters counters) {}
}
