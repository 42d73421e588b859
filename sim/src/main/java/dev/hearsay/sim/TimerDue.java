package dev.hearsay.sim;

import dev.hearsay.core.Timer;

/** A timer comes due in the process that asked for it. */
final class TimerDue extends OwnInput {
    private final Timer timer;

    TimerDue(long time, SimProcess process, long sequence, Timer timer) {
        super(time, process, sequence);
        this.timer = timer;
    }

    /** The same timer at another virtual time: its machine's clock has got another speed. */
    TimerDue at(long moved) {
        return new TimerDue(moved, process, sequence, timer);
    }

    @Override
    void deliver(SimProcess to, long localNow) {
        to.core().onTimer(timer, localNow, to);
    }

    @Override
    int kind() {
        return process.engine().look(timer).kind();
    }

    @Override
    long digest() {
        return process.engine().look(timer).hash();
    }

    @Override
    Object content() {
        return timer;
    }
}
