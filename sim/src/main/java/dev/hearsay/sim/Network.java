package dev.hearsay.sim;

import java.time.Duration;

/**
 * What the network does to packets when nothing is broken. Immutable.
 *
 * <p>It may be another one between two {@link Zones}. Partitions and changes of the network are faults of the scenario; see
 * {@link Simulation}.
 *
 * @param latency one way. A packet with a lower one overtakes others
 * @param loss share of packets that vanish, 0 to 1. Streams do not lose data: they take longer, as TCP sends it again
 * @param duplication share of packets that arrive twice, 0 to 1
 * @param reordering share of packets that take longer than {@code latency} says, 0 to 1, so that others overtake them
 * @param reorderBy by how much longer these take
 * @param corruption share of packets of which one to three bits arrive flipped, 0 to 1. Above 0 it needs
 *     {@link SimulationBuilder#damage}. A stream takes longer, as TCP notices and sends again
 * @param bandwidth what the uplink of each member carries, in bytes a second, 0 to {@value #MAX_BANDWIDTH}; 0 for as much as
 *     there is. UDP payload counts, headers do not
 * @param queueBytes how many bytes of packets may wait in that uplink, those being sent included: a packet that would make it
 *     more is dropped, unless nothing else waits. 0 to {@value #MAX_QUEUE_BYTES}; of no effect without {@code bandwidth}
 */
public record Network(
        Latency latency,
        double loss,
        double duplication,
        double reordering,
        Latency reorderBy,
        double corruption,
        long bandwidth,
        long queueBytes) {

    /** Most that {@link #bandwidth} may be: a thousand times what the fastest adapters carry. */
    public static final long MAX_BANDWIDTH = 100_000_000_000_000L;

    /** What waits in an uplink of limited bandwidth unless said otherwise, in bytes: about what adapters and routers keep. */
    public static final long DEFAULT_QUEUE_BYTES = 256 << 10;

    /** Most that {@link #queueBytes} may be. */
    public static final long MAX_QUEUE_BYTES = 1_000_000_000;

    private static final Latency NO_LONGER = Latency.fixed(Duration.ZERO);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the field, the value and the rule
     */
    public Network {
        share("loss", loss);
        share("duplication", duplication);
        share("reordering", reordering);
        share("corruption", corruption);
        amount("bandwidth", bandwidth, MAX_BANDWIDTH);
        amount("queueBytes", queueBytes, MAX_QUEUE_BYTES);
    }

    /** A network that does nothing else to packets, and carries as much as there is. */
    public Network(Latency latency, double loss, double duplication) {
        this(latency, loss, duplication, 0, NO_LONGER, 0, 0, DEFAULT_QUEUE_BYTES);
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
        return new Network(latency, share, duplication, reordering, reorderBy, corruption, bandwidth, queueBytes);
    }

    /** The same network with another share of packets that arrive twice, 0 to 1. */
    public Network withDuplication(double share) {
        return new Network(latency, loss, share, reordering, reorderBy, corruption, bandwidth, queueBytes);
    }

    /** The same network with another latency. */
    public Network withLatency(Latency other) {
        return new Network(other, loss, duplication, reordering, reorderBy, corruption, bandwidth, queueBytes);
    }

    /** The same network, in which that share of packets, 0 to 1, takes longer by that much. */
    public Network withReordering(double share, Latency by) {
        return new Network(latency, loss, duplication, share, by, corruption, bandwidth, queueBytes);
    }

    /**
     * The same network, in which that share of packets, 0 to 1, takes longer: by anything up to that, evenly distributed.
     *
     * @throws IllegalArgumentException if the share is out of range or the time negative
     */
    public Network withReordering(double share, Duration upTo) {
        if (upTo.isNegative()) {
            throw new IllegalArgumentException("reorderBy " + upTo + " is out of range: must not be negative");
        }
        return withReordering(share, Latency.uniform(Duration.ZERO, upTo));
    }

    /** The same network with another share of packets that arrive with flipped bits, 0 to 1. */
    public Network withCorruption(double share) {
        return new Network(latency, loss, duplication, reordering, reorderBy, share, bandwidth, queueBytes);
    }

    /** The same network with another bandwidth of each uplink, in bytes a second; 0 for as much as there is. */
    public Network withBandwidth(long bytesPerSecond) {
        return new Network(latency, loss, duplication, reordering, reorderBy, corruption, bytesPerSecond, queueBytes);
    }

    /** The same network with another length of the queue in each uplink, in bytes. */
    public Network withQueueBytes(long bytes) {
        return new Network(latency, loss, duplication, reordering, reorderBy, corruption, bandwidth, bytes);
    }

    /** Whether packets may vanish, or come so late or so broken that they might as well have. */
    boolean lossy() {
        return loss > 0 || corruption > 0 || reordering > 0;
    }

    static void share(String field, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(field + " " + value + " is out of range: must be 0 to 1");
        }
    }

    private static void amount(String field, long value, long most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(field + " " + value + " is out of range: must be 0 to " + most + " bytes"
                    + (most == MAX_BANDWIDTH ? " a second" : ""));
        }
    }
}
