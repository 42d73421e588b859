package dev.hearsay.sim.rumor;

/**
 * How a rumor has spread so far.
 *
 * @param nodes how many there are
 * @param fanout to how many others a node sends in a round
 * @param transmitLimit how often a node sends the rumor at most, mail not counted
 * @param informed how many nodes have heard, the one that tells included
 * @param lastNanos virtual nanoseconds from the beginning until the last of these heard
 * @param packets sent, those that were lost included
 * @param lost of these, the ones that the network lost
 * @param duplicated of these, the ones that the network delivered twice
 * @param bytes UDP payload of the packets sent, exactly as the wire format has them
 * @param arrivals packets that arrived, each a copy of the rumor
 * @param timers that came due
 * @param mostSent packets sent by the node that sent most of all but the one that tells
 * @param mostCopies copies that reached the node that got most
 * @param traceHash over all packets and timers in their order, with time, place and source: equal hashes, equal runs
 * @param curve how many nodes had heard when
 */
public record RumorResult(
        int nodes,
        int fanout,
        int transmitLimit,
        int informed,
        long lastNanos,
        long packets,
        long lost,
        long duplicated,
        long bytes,
        long arrivals,
        long timers,
        int mostSent,
        int mostCopies,
        long traceHash,
        InfectionCurve curve) {

    /** Inputs that nodes took: packets and timers. */
    public long events() {
        return arrivals + timers;
    }

    /** Nodes that have not heard. */
    public int residue() {
        return nodes - informed;
    }

    /** Packets for each node: Demers' m. */
    public double sentPerNode() {
        return (double) packets / nodes;
    }

    /**
     * Rounds after which push reaches the last of all: log_{f+1} n + (ln n) / f (Pittel 1987, for a fan-out of 1; offset of about one round).
     * There all who know send to {@code fanout} others in each round, for ever, all at the same time.
     *
     * @throws IllegalArgumentException if {@code nodes} or {@code fanout} is below 1
     */
    public static double pittelRounds(int nodes, int fanout) {
        if (nodes < 1 || fanout < 1) {
            throw new IllegalArgumentException("nodes " + nodes + " and fanout " + fanout + ": both must be 1 or more");
        }
        double ln = StrictMath.log(nodes);
        return ln / StrictMath.log(fanout + 1.0) + ln / fanout;
    }
}
