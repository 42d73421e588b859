package dev.hearsay.net.snapshot;

import dev.hearsay.core.Address;
import java.util.List;

/**
 * What a snapshot file said.
 *
 * @param alive members that were alive when it was last written, this node mostly among them, in the order of their lines;
 *     at most {@value SnapshotReader#MAX_NAMES}
 * @param clock the last Lamport time seen of intents, 0 if none
 * @param eventClock the last Lamport time of a user event that was delivered, 0 if none
 * @param queryClock the last Lamport time of a query that was delivered, 0 if none
 * @param ignored how many lines were not understood, or too many
 * @param torn whether the last line did not end, and was ignored, too
 */
public record Remembered(List<Known> alive, long clock, long eventClock, long queryClock, long ignored, boolean torn) {
    /** Nothing: what a new node begins with. */
    public static final Remembered NOTHING = new Remembered(List.of(), 0, 0, 0, 0, false);

    /** Copies the list. */
    public Remembered {
        alive = List.copyOf(alive);
    }

    /**
     * A member as the file has it.
     *
     * @param name not empty; may contain spaces
     * @param address its port is 1 to 65535
     */
    public record Known(String name, Address address) {}
}
