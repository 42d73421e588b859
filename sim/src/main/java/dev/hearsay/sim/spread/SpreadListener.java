package dev.hearsay.sim.spread;

/** Hears what happens while time passes in a {@link SpreadRun}. It may read the run, but not change it. Times are virtual nanoseconds, whole
 * numbers. */
public interface SpreadListener {
    /** The entry came to the node that wrote it from nobody. */
    int NOBODY = -1;

    /** A packet that was sent at that time and is not going to arrive. */
    double LOST = -1;

    /** Takes no notice. */
    SpreadListener NONE = new SpreadListener() {};

    /** What a node has to do with the entry. */
    enum Standing {
        /** It has not got it. */
        HAS_NOT,
        /** It has it, and tells others. */
        TELLS,
        /** It has it, and waits until somebody asks. */
        QUIET
    }

    /** How the process of a node is. */
    enum ProcessState {
        /** It runs. */
        UP,
        /** It stands still, and what is for it waits. */
        PAUSED,
        /** It is gone, and what it knew. */
        DOWN
    }

    /**
     * A node has sent a packet.
     *
     * @param arrives when it will reach the other machine, whether or not a process runs there then; {@link #LOST}
     * @param entry whether it carries the entry, and not only talk about it
     */
    default void onPacket(int from, int to, double now, double arrives, boolean entry) {}

    /**
     * A node stands otherwise to the entry.
     *
     * @param source who gave it the entry, if it has got it now; otherwise {@link #NOBODY}
     */
    default void onEntry(int node, double now, Standing standing, int source) {}

    /** The process of a node has changed. */
    default void onProcess(int node, double now, ProcessState state) {}
}
