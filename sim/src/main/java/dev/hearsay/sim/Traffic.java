package dev.hearsay.sim;

/** What the network has carried, all nodes together. */
final class Traffic {
    long packets;
    long bytes;
    long packetsLost;
    long packetsDuplicated;
    long packetsMissed;
    long packetsOverflowed;
    long packetsQueueDropped;
    long packetsCorrupted;
    long packetsRefused;
    long streamMessages;
    long streamBytes;

    /** An input found nobody; only packets count, as timers and streams of a dead process are nobody's loss. */
    void missed(Input input) {
        if (input instanceof PacketArrival) {
            packetsMissed++;
        }
    }

    Totals totals(long inputs) {
        return new Totals(
                inputs,
                packets,
                bytes,
                packetsLost,
                packetsDuplicated,
                packetsMissed,
                packetsOverflowed,
                packetsQueueDropped,
                packetsCorrupted,
                packetsRefused,
                streamMessages,
                streamBytes);
    }
}
