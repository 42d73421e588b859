package dev.hearsay.experiment.run;

import dev.hearsay.experiment.scenario.Fault;
import java.util.BitSet;

/** Processes that stop and start again, one after the other. */
final class Rolling {
    private final Stage stage;
    private final int[] order;
    private final Fault.Rolling rolling;
    private final long until;

    Rolling(Stage stage, BitSet who, Fault.Rolling rolling, long until) {
        this.stage = stage;
        this.order = who.stream().toArray();
        this.rolling = rolling;
        this.until = until;
    }

    /** The turn of the one at that place; what is stopped at the end starts all the same. */
    void next(int place) {
        if (place == order.length || stage.now() >= until) {
            return;
        }
        BitSet one = new BitSet();
        one.set(order[place]);
        if (rolling.leave()) {
            stage.toEach(one, "leave", stage.sim::leave);
        } else {
            stage.kill(one, false);
        }
        stage.agenda.at(stage.now() + rolling.down().toNanos(), () -> start(one));
        stage.agenda.at(stage.now() + rolling.every().toNanos(), () -> next(place + 1));
    }

    /** Whoever is not done with its goodbye yet is killed first, as an impatient supervisor does. */
    private void start(BitSet one) {
        if (rolling.leave()) {
            stage.kill(one, false);
        }
        stage.start(one, false);
    }
}
