package dev.hearsay.sim;

import dev.hearsay.core.Prng;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The network as it is now: who is cut off from whom, and what happens to each message on its way.
 *
 * <p>Fate and latency are a hash of (seed, from, to, kind, number), where the number counts what the sender has sent of that
 * kind.
 */
final class Links {
    /** How often a stream's segment is sent again before the stream counts as dead. */
    static final int MAX_RETRANSMITS = 6;

    private static final long FIRST_RETRANSMIT_NANOS = 200_000_000L;
    private static final long LOSS = 0x9E3779B97F4A7C15L;
    private static final long LOSS_IN = 0x78DDE6E5FD29F054L;
    private static final long LOSS_OUT = 0x1715609F7F3C6E9BL;
    private static final long TWICE = 0x3C6EF372FE94F82AL;
    private static final long SECOND_WAY = 0xDAA66D2C7DDF743FL;

    private final long seed;
    private final List<Cut> cuts = new ArrayList<>();
    private Network network;
    private final Map<Integer, Degraded> degraded = new HashMap<>();
    private long lossBelow;
    private long twiceBelow;

    Links(long seed, Network network) {
        this.seed = Prng.mix(seed + 0x5851F42D4C957F2DL);
        this.network = network;
        become(network);
    }

    Network network() {
        return network;
    }

    void become(Network next) {
        network = next;
        lossBelow = threshold(next.loss());
        twiceBelow = threshold(next.duplication());
    }

    /**
     * From now on nothing that one of {@code from} sends reaches any of {@code to}.
     *
     * @param refuses whether the sender's own machine refuses its packets, so that it knows
     */
    void cut(Collection<SimNode> from, Collection<SimNode> to, boolean refuses) {
        cuts.add(new Cut(indexes(from), indexes(to), refuses));
    }

    /** From now on the machine loses that share of what reaches it, and of what it sends; 0 and 0: none any more. */
    void degrade(SimNode node, double lossIn, double lossOut) {
        Network.share("lossIn", lossIn);
        Network.share("lossOut", lossOut);
        if (lossIn == 0 && lossOut == 0) {
            degraded.remove(node.index());
        } else {
            degraded.put(node.index(), new Degraded(threshold(lossIn), threshold(lossOut)));
        }
    }

    boolean degraded(int node) {
        return degraded.containsKey(node);
    }

    void healAll() {
        cuts.clear();
    }

    boolean whole() {
        return cuts.isEmpty();
    }

    boolean isCut(int from, int to) {
        for (int i = 0; i < cuts.size(); i++) {
            Cut cut = cuts.get(i);
            if (cut.from.get(from) && cut.to.get(to)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the sender's own machine refuses what it sends there. */
    boolean refuses(int from, int to) {
        for (int i = 0; i < cuts.size(); i++) {
            Cut cut = cuts.get(i);
            if (cut.refuses && cut.from.get(from) && cut.to.get(to)) {
                return true;
            }
        }
        return false;
    }

    /** Whether anything is cut off from the node, or the node from anything. */
    boolean touches(int node) {
        for (int i = 0; i < cuts.size(); i++) {
            if (cuts.get(i).from.get(node) || cuts.get(i).to.get(node)) {
                return true;
            }
        }
        return false;
    }

    /** The random bits that decide everything about one message. */
    long fate(int from, int to, int kind, int number) {
        long pair = ((long) from << 32) | to;
        long which = ((long) kind << 32) | (number & 0xFFFFFFFFL);
        return Prng.mix(Prng.mix(seed ^ (pair * LOSS)) + which * TWICE);
    }

    /** Whether a packet with that fate gets lost, on the way or in one of the two machines. */
    boolean lost(int from, int to, long fate) {
        if (lossBelow != 0 && Prng.mix(fate + LOSS) >>> 32 < lossBelow) {
            return true;
        }
        if (degraded.isEmpty()) {
            return false;
        }
        Degraded sender = degraded.get(from);
        Degraded receiver = degraded.get(to);
        return (sender != null && Prng.mix(fate + LOSS_OUT) >>> 32 < sender.outBelow)
                || (receiver != null && Prng.mix(fate + LOSS_IN) >>> 32 < receiver.inBelow);
    }

    boolean twice(long fate) {
        return twiceBelow != 0 && Prng.mix(fate + TWICE) >>> 32 < twiceBelow;
    }

    long latency(long fate) {
        return network.latency().nanos(Prng.mix(fate));
    }

    /** How long the second copy of a packet takes. */
    long secondLatency(long fate) {
        return network.latency().nanos(Prng.mix(fate + SECOND_WAY));
    }

    /**
     * How long one way of a stream takes: whatever is lost is sent again after 200 ms, then twice that, and so on (TCP's
     * back-off); -1 if it never gets through.
     */
    long streamLatency(int from, int to, long fate, int leg) {
        long waited = 0;
        long timeout = FIRST_RETRANSMIT_NANOS;
        long bits = Prng.mix(fate + leg * SECOND_WAY);
        for (int attempt = 0; attempt <= MAX_RETRANSMITS; attempt++) {
            if (!lost(from, to, bits)) {
                return waited + latency(bits);
            }
            waited += timeout;
            timeout *= 2;
            bits = Prng.mix(bits + TWICE);
        }
        return -1;
    }

    private static long threshold(double share) {
        return (long) (share * 0x1p32);
    }

    private static BitSet indexes(Collection<SimNode> nodes) {
        BitSet set = new BitSet();
        for (SimNode node : nodes) {
            set.set(node.index());
        }
        return set;
    }

    /** A machine that loses packets by itself, each share as a threshold. */
    private record Degraded(long inBelow, long outBelow) {}

    private record Cut(BitSet from, BitSet to, boolean refuses) {}
}
