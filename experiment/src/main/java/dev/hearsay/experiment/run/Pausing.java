package dev.hearsay.experiment.run;

import dev.hearsay.core.Prng;
import dev.hearsay.experiment.scenario.Fault;
import java.util.BitSet;

/** Processes that stand still now and then, each at moments of its own. */
final class Pausing {
    private final Stage stage;
    private final Fault.Pauses pauses;
    private final Prng random;
    private final long until;

    Pausing(Stage stage, Fault.Pauses pauses, Prng random, long until) {
        this.stage = stage;
        this.pauses = pauses;
        this.random = random;
        this.until = until;
    }

    void begin(BitSet members) {
        members.stream().forEach(this::next);
    }

    private void next(int member) {
        long at = stage.now() + Chance.exponential((double) pauses.every().toNanos(), random);
        if (at < until) {
            stage.agenda.at(at, () -> pause(member));
        }
    }

    private void pause(int member) {
        long shortest = pauses.shortest().toNanos();
        long span = pauses.longest().toNanos() - shortest;
        long lasting = shortest + (long) (span * Chance.even(random));
        BitSet one = new BitSet();
        one.set(member);
        if (stage.node(member).isPaused()) {
            next(member);
            return;
        }
        BitSet paused = stage.toEach(one, "pause for " + lasting / 1_000_000 + " ms", stage.sim::pause);
        stage.wellness.touch(paused);
        stage.agenda.at(stage.now() + lasting, () -> {
            stage.toEach(paused, "resume", stage.sim::resume);
            stage.wellness.release(paused, stage.now());
            next(member);
        });
    }
}
