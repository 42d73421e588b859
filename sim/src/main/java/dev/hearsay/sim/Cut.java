package dev.hearsay.sim;

import java.util.BitSet;
import java.util.Collection;

/** Something that the scenario has cut in the network, made by {@link Cuts}: it stays cut until it is healed. */
public final class Cut {
    private final Faults faults;
    private final String text;
    private final BitSet senders;
    private final BitSet receivers;
    private final boolean bothWays;
    private final boolean refuses;

    /**
     * A cut that is about to be made.
     *
     * @param text what is cut, for the trace
     * @param bothWays whether nothing gets from the receivers to the senders either
     * @param refuses whether the sender's own machine refuses its packets, so that it knows
     */
    Cut(
            Faults faults,
            String text,
            Collection<SimNode> senders,
            Collection<SimNode> receivers,
            boolean bothWays,
            boolean refuses) {
        this.faults = faults;
        this.text = text;
        this.senders = indexes(senders);
        this.receivers = indexes(receivers);
        this.bothWays = bothWays;
        this.refuses = refuses;
    }

    /** Repairs this one, and no other; nothing happens if it is healed already. */
    public void heal() {
        faults.heal(this);
    }

    /** Whether nothing gets from that node to the other because of this cut. */
    boolean stops(int from, int to) {
        return (senders.get(from) && receivers.get(to)) || (bothWays && senders.get(to) && receivers.get(from));
    }

    boolean refuses(int from, int to) {
        return refuses && stops(from, to);
    }

    /** Whether it cuts anything off from the node, or the node from anything. */
    boolean touches(int node) {
        return senders.get(node) || receivers.get(node);
    }

    private static BitSet indexes(Collection<SimNode> nodes) {
        BitSet set = new BitSet();
        for (SimNode node : nodes) {
            set.set(node.index());
        }
        return set;
    }

    @Override
    public String toString() {
        return text;
    }
}
