package dev.hearsay.sim;

import dev.hearsay.core.Prng;
import java.util.ArrayList;
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
    private final Map<Integer, Degraded> degraded = new HashMap<>();

    /** Wherever nothing else was said. */
    private final Path common;

    private final Zones zones;

    /** From one zone to another, row by row; empty if there are no zones. */
    private final Path[] between;

    Links(long seed, Network network, Zones zones) {
        this.seed = Prng.mix(seed + 0x5851F42D4C957F2DL);
        this.common = new Path(network);
        this.zones = zones;
        this.between = zones.members() == 0 ? new Path[0] : paths();
    }

    /** Where zones have the same network, they have the same path: a member has one uplink into all of them. */
    private Path[] paths() {
        List<Path> known = new ArrayList<>(List.of(common));
        Path[] paths = new Path[zones.count() * zones.count()];
        for (int i = 0; i < paths.length; i++) {
            Network own = zones.network(i / zones.count(), i % zones.count(), common.network());
            paths[i] = known.stream()
                    .filter(path -> path.network().equals(own))
                    .findFirst()
                    .orElseGet(() -> {
                        Path path = new Path(own);
                        known.add(path);
                        return path;
                    });
        }
        return paths;
    }

    Network network() {
        return common.network();
    }

    /** All networks that there are. */
    List<Network> networks() {
        List<Network> all = new ArrayList<>(List.of(network()));
        for (Path path : between) {
            all.add(path.network());
        }
        return all;
    }

    void become(Network next) {
        common.become(next);
    }

    /** The network from one zone to another. */
    Network network(int from, int to) {
        return between.length == 0 ? network() : between[from * zones.count() + to].network();
    }

    /** From now on the network between two zones, in both directions, is that one. */
    void become(int one, int other, Network next) {
        if (between.length == 0) {
            become(next);
            return;
        }
        Path path = new Path(next);
        between[one * zones.count() + other] = path;
        between[other * zones.count() + one] = path;
    }

    /** What a message from that node to the other goes through. */
    Path path(int from, int to) {
        return between.length == 0 ? common : between[zones.of(from) * zones.count() + zones.of(to)];
    }

    /** Whether packets get lost somewhere, or as good as. */
    boolean lossy() {
        return networks().stream().anyMatch(Network::lossy);
    }

    /** How many bytes of packets have not left the node's uplinks yet. */
    long queued(int node, long now) {
        if (between.length == 0) {
            return common.queued(node, now);
        }
        int row = zones.of(node) * zones.count();
        List<Path> uplinks = new ArrayList<>();
        long sum = 0;
        for (int to = 0; to < zones.count(); to++) {
            Path path = between[row + to];
            if (!uplinks.contains(path)) {
                uplinks.add(path);
                sum += path.queued(node, now);
            }
        }
        return sum;
    }

    void add(Cut cut) {
        cuts.add(cut);
    }

    /** Returns false if it was not there. */
    boolean remove(Cut cut) {
        return cuts.remove(cut);
    }

    List<Cut> cuts() {
        return List.copyOf(cuts);
    }

    /** From now on the machine loses that share of what reaches it, and of what it sends; 0 and 0: none any more. */
    void degrade(SimNode node, double lossIn, double lossOut) {
        Network.share("lossIn", lossIn);
        Network.share("lossOut", lossOut);
        if (lossIn == 0 && lossOut == 0) {
            degraded.remove(node.index());
        } else {
            degraded.put(node.index(), new Degraded(Path.threshold(lossIn), Path.threshold(lossOut)));
        }
    }

    boolean degraded(int node) {
        return degraded.containsKey(node);
    }

    void healAll() {
        cuts.clear();
    }

    boolean isCut(int from, int to) {
        for (int i = 0; i < cuts.size(); i++) {
            if (cuts.get(i).stops(from, to)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the sender's own machine refuses what it sends there. */
    boolean refuses(int from, int to) {
        for (int i = 0; i < cuts.size(); i++) {
            if (cuts.get(i).refuses(from, to)) {
                return true;
            }
        }
        return false;
    }

    /** Whether anything is cut off from the node, or the node from anything. */
    boolean touches(int node) {
        for (int i = 0; i < cuts.size(); i++) {
            if (cuts.get(i).touches(node)) {
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
        return lost(path(from, to), from, to, fate);
    }

    boolean lost(Path path, int from, int to, long fate) {
        if (path.lost(fate)) {
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

    /**
     * How long one way of a stream takes: whatever is lost is sent again after 200 ms, then twice that, and so on (TCP's
     * back-off), and so is what arrives corrupted; -1 if it never gets through.
     */
    long streamLatency(int from, int to, long fate, int leg) {
        Path path = path(from, to);
        long waited = 0;
        long timeout = FIRST_RETRANSMIT_NANOS;
        long bits = Prng.mix(fate + leg * SECOND_WAY);
        for (int attempt = 0; attempt <= MAX_RETRANSMITS; attempt++) {
            if (!path.corrupted(bits) && !lost(path, from, to, bits)) {
                return waited + path.latency(bits);
            }
            waited += timeout;
            timeout *= 2;
            bits = Prng.mix(bits + TWICE);
        }
        return -1;
    }

    /** A machine that loses packets by itself, each share as a threshold. */
    private record Degraded(long inBelow, long outBelow) {}
}
