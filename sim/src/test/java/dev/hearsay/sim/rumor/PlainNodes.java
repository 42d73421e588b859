package dev.hearsay.sim.rumor;

import dev.hearsay.core.Config;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.Timer;
import dev.hearsay.core.dissemination.Dissemination;
import dev.hearsay.core.dissemination.Forwarding;
import dev.hearsay.core.dissemination.Gossip;
import dev.hearsay.core.event.UserEvents;

/**
 * The nodes as objects, each wired as {@link dev.hearsay.core.Node} does it: the form to read. Two kilobytes a node, and
 * most of the time goes into waiting for them.
 */
final class PlainNodes implements Nodes {
    private final Shared shared;
    private final Node[] nodes;

    PlainNodes(Shared shared) {
        this.shared = shared;
        nodes = new Node[shared.table().size()];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = new Node(i, shared);
        }
    }

    @Override
    public void start(int node, Outbox out) {
        nodes[node].gossip.start(out);
        nodes[node].forwarding.afterInput(0, out);
    }

    @Override
    public boolean fire(int node, boolean mailed, Outbox out) {
        Node its = nodes[node];
        Message.UserEvent event = shared.fire(its.events, out);
        if (mailed) {
            its.forwarding.mail(event, 0, out);
        } else {
            its.forwarding.afterInput(0, out);
        }
        return its.dissemination.size() > 0;
    }

    @Override
    public int onEvent(int node, long now, Outbox out) {
        Node its = nodes[node];
        int before = its.dissemination.size();
        its.events.onEvent(shared.rumor(), out);
        its.forwarding.afterInput(now, out);
        return its.dissemination.size() - before;
    }

    @Override
    public int onTick(int node, long now, Outbox out) {
        Node its = nodes[node];
        int before = its.dissemination.size();
        its.gossip.onTick(now, out);
        its.forwarding.afterInput(now, out);
        return its.dissemination.size() - before;
    }

    @Override
    public int onForward(int node, Timer.Forward timer, long now, Outbox out) {
        Node its = nodes[node];
        int before = its.dissemination.size();
        its.forwarding.onTimer(timer, now, out);
        its.forwarding.afterInput(now, out);
        return its.dissemination.size() - before;
    }

    private static final class Node {
        private final Dissemination dissemination;
        private final Gossip gossip;
        private final Forwarding forwarding;
        private final UserEvents events;

        Node(int index, Shared shared) {
            Config config = shared.config();
            String name = shared.table().name(index);
            Prng random = new Prng(shared.seedOf(index));
            dissemination = new Dissemination(config, shared.table(), shared.sizes(), shared.counters());
            gossip = new Gossip(name, config, shared.table(), dissemination, shared.sizes(), random);
            forwarding = new Forwarding(config, dissemination, gossip);
            events = shared.events(dissemination);
        }
    }
}
