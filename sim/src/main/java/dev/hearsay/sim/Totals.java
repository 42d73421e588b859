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
 * @param packetsOverflowed packets that the socket of a paused, blocked or slow process could not hold
 * @param packetsQueueDropped packets for which the sender's uplink had no room
 * @param packetsCorrupted packets of which bits were flipped on the way
 * @param packetsRefused how many of these the receiver could not read; it took the others for what they said
 * @param streamMessages requests and replies sent over streams
 * @param streamBytes bytes of these, as the wire format has them; 0 unless {@linkplain SimulationBuilder#countStreams counted}
 */
public record Totals(
        long inputs,
        long packets,
        long bytes,
        long packetsLost,
        long packetsDuplicated,
        long packetsMissed,
        long packetsOverflowed,
        long packetsQueueDropped,
        long packetsCorrupted,
        long packetsRefused,
        long streamMessages,
        long streamBytes) {}
