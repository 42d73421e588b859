package dev.hearsay.sim;

/**
 * What a simulation has done since it started, all nodes together.
 *
 * @param inputs messages, timers and stream results that processes have taken
 * @param packets packets sent, whatever became of them
 * @param bytes UDP payload of these packets, exactly as the wire format has it
 * @param packetsLost packets that the network lost: loss and cuts
 * @param packetsDuplicated packets that arrived twice
 * @param packetsMissed packets to an address where nobody listens, or where nobody listened any more
 * @param packetsOverflowed packets that a paused process's socket could not hold
 * @param streamMessages requests and replies sent over streams
 */
public record Totals(
        long inputs,
        long packets,
        long bytes,
        long packetsLost,
        long packetsDuplicated,
        long packetsMissed,
        long packetsOverflowed,
        long streamMessages) {}
