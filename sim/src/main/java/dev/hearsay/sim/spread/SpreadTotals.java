package dev.hearsay.sim.spread;

/**
 * What a run has done since it began, all nodes together.
 *
 * @param inputs packets and timers that processes have taken
 * @param packets sent, whatever became of them
 * @param bytes UDP payload of these packets, exactly as the wire format has it
 * @param copies packets among these that carry the entry
 * @param lost packets that the network lost: loss and partitions
 * @param missed packets to a machine on which no process ran
 * @param overflowed packets that the socket of a paused process could not hold
 * @param informed processes that have the entry now
 * @param running processes that have not ended, paused or not
 */
public record SpreadTotals(
        long inputs,
        long packets,
        long bytes,
        long copies,
        long lost,
        long missed,
        long overflowed,
        int informed,
        int running) {}
