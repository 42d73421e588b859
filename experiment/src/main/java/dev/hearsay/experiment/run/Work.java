package dev.hearsay.experiment.run;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Prng;
import dev.hearsay.core.state.StateOverrun;
import dev.hearsay.core.state.Write;
import dev.hearsay.experiment.scenario.Workload;
import dev.hearsay.experiment.scenario.Workload.Load;
import java.util.BitSet;
import java.util.function.IntConsumer;

/** What applications do: user events and writes to shared state, each time by one of those that run. */
final class Work {
    private final Stage stage;
    private final EventSpread events;
    private final StateSpread state;
    private final long seed;
    private int written;

    Work(Stage stage, EventSpread events, StateSpread state, long seed) {
        this.stage = stage;
        this.events = events;
        this.state = state;
        this.seed = seed;
    }

    /** Puts all work on the agenda. */
    void schedule() {
        Workload workload = stage.scenario.workload();
        workload.events().ifPresent(load -> schedule(load, 1, member -> fire(member, load.bytes())));
        workload.state().ifPresent(load -> schedule(load, 2, this::write));
    }

    private void schedule(Load load, int kind, IntConsumer action) {
        Prng random = new Prng(Prng.mix(seed + kind * 0x9E37L));
        int[] from = load.from().choose(stage.scenario.members(), new BitSet(), random).stream()
                .toArray();
        next(load, load.start().toNanos(), from, random, action);
    }

    private void next(Load load, long at, int[] from, Prng random, IntConsumer action) {
        if (at <= load.until().toNanos()) {
            stage.agenda.at(at, () -> {
                someone(from, random, action);
                next(load, at + load.every().toNanos(), from, random, action);
            });
        }
    }

    /** One of these that runs; if none does, nothing happens. */
    private void someone(int[] from, Prng random, IntConsumer action) {
        int first = random.below(from.length);
        for (int i = 0; i < from.length; i++) {
            int member = from[(first + i) % from.length];
            if (stage.node(member).isUp() && !stage.node(member).isPaused()) {
                action.accept(member);
                return;
            }
        }
    }

    private void fire(int member, int bytes) {
        String name = events.fires(member, stage.now());
        Bytes payload = EventSpread.payload(bytes);
        stage.sim.command(member, "event " + name, (core, now, out) -> core.fire(name, payload, false, now, out));
    }

    private void write(int member) {
        int number = written++;
        Write write = state.writes(number, member, stage.now());
        try {
            stage.sim.command(
                    member, "write " + number, (core, now, out) -> core.state().write(write, now, out));
            state.taken();
        } catch (StateOverrun e) {
            state.refused();
        }
    }
}
