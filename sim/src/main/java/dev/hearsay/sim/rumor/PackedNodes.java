package dev.hearsay.sim.rumor;

import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Timer;
import dev.hearsay.core.dissemination.PackedSpreading;

/**
 * The nodes as numbers in an array, which the components of the core take up one after the other: 64 bytes a node. Left out is what has no
 * effect:
 *
 * <ul>
 *   <li>A node that has not heard is no more than its seed. Its gossip ticks find nothing to tell.
 *   <li>A copy that reaches a node which has heard changes nothing but a counter.
 *   <li>What a node remembers of user events is the same for all that have heard, and nobody asks: there are no push/pulls.
 * </ul>
 */
final class PackedNodes implements Nodes {
    private static final int INTS = PackedSpreading.STATE_INTS;

    private final Shared shared;
    private final PackedSpreading spreading;
    private final int[] states;
    private final boolean[] heard;

    PackedNodes(Shared shared) {
        this.shared = shared;
        spreading =
                new PackedSpreading(shared.config(), shared.table(), shared.sizes(), shared.counters(), shared.rumor());
        int nodes = shared.table().size();
        states = new int[nodes * INTS];
        heard = new boolean[nodes];
    }

    @Override
    public void start(int node, Outbox out) {
        begin(node, out);
    }

    @Override
    public boolean fire(int node, boolean mailed, Outbox out) {
        begin(node, PacketsOnly.DEAF);
        heard[node] = true;
        Message.UserEvent event = shared.fire(shared.events(spreading.dissemination()), out);
        if (mailed) {
            spreading.forwarding().mail(event, 0, out);
        } else {
            spreading.forwarding().afterInput(0, out);
        }
        return spreading.pack(states, node * INTS);
    }

    @Override
    public int onEvent(int node, long now, Outbox out) {
        if (heard[node]) {
            shared.counters().count(Counter.USER_EVENTS_REPEATED);
            return 0;
        }
        // It begins as it did at the start, and so has drawn the same random numbers.
        begin(node, PacketsOnly.DEAF);
        heard[node] = true;
        shared.events(spreading.dissemination()).onEvent(shared.rumor(), out);
        spreading.forwarding().afterInput(now, out);
        return spreading.pack(states, node * INTS) ? 1 : 0;
    }

    @Override
    public int onTick(int node, long now, Outbox out) {
        if (!heard[node]) {
            out.schedule(shared.config().gossipIntervalNanos(), new Timer.GossipTick());
            return 0;
        }
        boolean told = unpack(node);
        spreading.gossip().onTick(now, out);
        spreading.forwarding().afterInput(now, out);
        return pack(node, told);
    }

    @Override
    public int onForward(int node, Timer.Forward timer, long now, Outbox out) {
        boolean told = unpack(node);
        spreading.forwarding().onTimer(timer, now, out);
        spreading.forwarding().afterInput(now, out);
        return pack(node, told);
    }

    private void begin(int node, Outbox out) {
        spreading.begin(shared.table().name(node), shared.seedOf(node));
        spreading.gossip().start(out);
        spreading.forwarding().afterInput(0, out);
    }

    private boolean unpack(int node) {
        spreading.unpack(shared.table().name(node), states, node * INTS);
        return spreading.dissemination().size() > 0;
    }

    private int pack(int node, boolean told) {
        boolean tells = spreading.pack(states, node * INTS);
        return (tells ? 1 : 0) - (told ? 1 : 0);
    }
}
