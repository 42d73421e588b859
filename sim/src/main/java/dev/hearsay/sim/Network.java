package dev.hearsay.sim;

import java.time.Duration;

/**
 * What the network does to packets when nothing is broken. Immutable.
 *
 * <p>Reordering needs no setting of its own: a packet with a lower latency overtakes. Partitions and changes of loss are
 * faults of the scenario; see {@link Simulation}.
 *
 * @param latency one way
 * @param loss share of packets that vanish, 0 to 1. Streams do not lose data: they take longer, as TCP sends it again
 * @param duplication share of packets that arrive twice, 0 to 1
 */
public record Network(Latency latency, double loss, double duplication) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the field and the value
     */
    public Network {
        share("loss", loss);
        share("duplication", duplication);
    }

    /** Half a millisecond there and back as a rule, 20 ms at worst; nothing is lost. */
    public static Network lan() {
        return new Network(Latency.heavyTailed(Duration.ofNanos(150_000), Duration.ofMillis(10)), 0, 0);
    }

    /** Across regions: 20 to 80 ms one way, one packet in 1,000 lost. */
    public static Network wan() {
        return new Network(Latency.uniform(Duration.ofMillis(20), Duration.ofMillis(80)), 0.001, 0);
    }

    /** Every packet takes exactly that long. */
    public static Network fixed(Duration latency) {
        return new Network(Latency.fixed(latency), 0, 0);
    }

    /** The same network with another share of lost packets, 0 to 1. */
    public Network withLoss(double share) {
        return new Network(latency, share, duplication);
    }

    /** The same network with another share of packets that arrive twice, 0 to 1. */
    public Network withDuplication(double share) {
        return new Network(latency, loss, share);
    }

    /** The same network with another latency. */
    public Network withLatency(Latency other) {
        return new Network(other, loss, duplication);
    }

    static void share(String field, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(field + " " + value + " is out of range: must be 0 to 1");
        }
    }
}
