package dev.hearsay.sim;

/** An input that a process has caused itself, and that concerns nobody once the process is gone. */
abstract class OwnInput extends Input {
    final SimProcess process;

    OwnInput(long time, SimProcess process, long sequence) {
        super(time, process.node(), process.node().index(), sequence);
        this.process = process;
    }

    @Override
    final void arrive() {
        process.engine().input(this);
    }

    @Override
    final boolean stale() {
        return node.process() != process;
    }
}
