package dev.hearsay.experiment.run;

import dev.hearsay.core.Prng;
import dev.hearsay.experiment.scenario.Fault;
import java.util.BitSet;

/** Processes that end and start again, one after the other, at moments of a Poisson process. */
final class Churning {
    private static final double MINUTE_NANOS = 60e9;

    private final Stage stage;
    private final int[] among;
    private final Fault.Churn churn;
    private final Prng random;
    private final long until;

    Churning(Stage stage, BitSet among, Fault.Churn churn, Prng random, long until) {
        this.stage = stage;
        this.among = among.stream().toArray();
        this.churn = churn;
        this.random = random;
        this.until = until;
    }

    /** Waits for the next moment; what is down when the churn ends comes up all the same. */
    void next() {
        long at = stage.now() + Chance.exponential(MINUTE_NANOS / churn.perMinute(), random);
        if (at < until) {
            stage.agenda.at(at, () -> {
                crashOne();
                next();
            });
        }
    }

    private void crashOne() {
        BitSet victim = new BitSet();
        victim.set(among[random.below(among.length)]);
        BitSet ended = stage.kill(victim, false);
        stage.agenda.at(stage.now() + churn.down().toNanos(), () -> stage.start(ended, false));
    }
}
