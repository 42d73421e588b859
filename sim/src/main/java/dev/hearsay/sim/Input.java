package dev.hearsay.sim;

/** An occurrence that ends as an input to the process of a node: it is traced, and it waits while the process is paused. */
abstract class Input extends Occurrence {
    final SimNode node;

    Input(long time, SimNode node, int from, long sequence) {
        super(time, node.index(), from, sequence);
        this.node = node;
    }

    /** Whether the input no longer concerns anybody: its process is gone, or its stream was answered already. */
    abstract boolean stale();

    /** Hands the input over. Called only while a process runs there and {@link #stale} is false. */
    abstract void deliver(SimProcess process, long localNow);

    /** What kind of input this is, one of {@link Digest}'s numbers. */
    abstract int kind();

    /** A hash of what the input says. */
    abstract long digest();

    /** What the input says, for people. */
    abstract Object content();
}
