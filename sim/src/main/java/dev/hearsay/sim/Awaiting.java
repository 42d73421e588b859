package dev.hearsay.sim;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Lets time pass until something holds. */
final class Awaiting {
    private static final int SHOWN_NODES = 5;

    private Awaiting() {}

    /** See {@link Simulation#runUntil(BooleanSupplier, Duration)}. */
    static Duration until(Engine engine, BooleanSupplier condition, Duration within, Supplier<String> complaint) {
        long start = engine.now();
        long last = start + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (engine.now() >= last) {
                throw engine.violated(null, complaint.get() + ", " + within + " after " + Trace.seconds(start));
            }
            engine.runUntil(Math.min(last, engine.now() + Simulation.LOOK_NANOS));
        }
        return Duration.ofNanos(engine.now() - start);
    }

    /** Waits until that is true of no node that runs. */
    static Duration nobody(Engine engine, Predicate<SimNode> question, Duration within, String complaint) {
        return until(engine, () -> !anybody(engine, question), within, () -> complaint + describe(engine, question));
    }

    private static boolean anybody(Engine engine, Predicate<SimNode> question) {
        for (SimNode node : engine.nodes()) {
            if (asked(node, question)) {
                return true;
            }
        }
        return false;
    }

    private static boolean asked(SimNode node, Predicate<SimNode> question) {
        return node.isUp() && !node.isPaused() && question.test(node);
    }

    private static String describe(Engine engine, Predicate<SimNode> question) {
        StringBuilder text = new StringBuilder();
        int count = 0;
        for (SimNode node : engine.nodes()) {
            if (asked(node, question) && count++ < SHOWN_NODES) {
                text.append(node.name()).append(" sees ").append(node.view()).append("; ");
            }
        }
        return text.append(count).append(" nodes in all").toString();
    }
}
