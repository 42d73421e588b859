package dev.hearsay.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets applications act on the machines of a simulation, in the same virtual time as their nodes: the way in for a driver above this one.
 * It hears of everything from the first start on; an application's process ends when it says so, also after it has left.
 *
 * <p>Not thread-safe, like the simulation that it is given to ({@link SimulationBuilder#timeline}).
 */
public final class Timeline {
    /** Actions that may follow each other without any time passing: more are a loop that would never end. */
    public static final int MAX_AT_ONCE = 1_000_000;

    /** Before whatever nodes do at the same moment. */
    private static final int FROM_APPLICATIONS = -1;

    private final Simulation.Listener listener;
    // What waits until a process goes on, by the machine's index.
    private final Map<Integer, Deque<Runnable>> waiting = new TreeMap<>();
    private @Nullable Engine engine;
    private @Nullable SimulationBuilder settings;
    private long sequence;
    private long busySince;
    private int atOnce;

    /** @param listener hears of everything, from the first start of a process on */
    public Timeline(Simulation.Listener listener) {
        this.listener = listener;
    }

    void attach(Engine attached, SimulationBuilder with) {
        if (engine != null) {
            throw new IllegalStateException("a timeline belongs to one simulation");
        }
        engine = attached;
        settings = with;
        attached.letProcessesOutliveLeaving();
        attached.listen(listener);
        attached.listen(new Simulation.Listener() {
            @Override
            public void onActed(SimNode node) {
                release(node);
            }
        });
    }

    private Engine engine() {
        if (engine == null) {
            throw new IllegalStateException("the timeline belongs to no simulation yet");
        }
        return engine;
    }

    /** Virtual nanoseconds since the start. */
    public long now() {
        return engine().now();
    }

    /** What the wall clock of that machine shows, in milliseconds since 1970. */
    public long wallMillis(SimNode node) {
        SimulationBuilder known = settings;
        return known == null ? 0 : known.wallMillis(node, now());
    }

    /** What that machine's own clock has counted since the start, in nanoseconds: virtual time, unless it drifts. */
    public long elapsed(SimNode node) {
        return node.clock().elapsed(now());
    }

    /** How many processes that machine has had. */
    public int starts(SimNode node) {
        return node.starts;
    }

    /**
     * Has the action run on that machine after that time of its clock, whether or not a process of it runs; while the process stands still, the
     * action waits. Of actions for the same moment on one machine, the one that was asked for first comes first.
     */
    public void schedule(SimNode node, long delayNanos, Runnable action) {
        engine().add(new Action(engine().after(node, Math.max(0, delayNanos)), node, sequence++, action));
    }

    /** The process that stood still has gone on. */
    private void release(SimNode node) {
        Deque<Runnable> held = node.isPaused() ? null : waiting.remove(node.index());
        if (held != null) {
            held.forEach(action -> schedule(node, 0, action));
        }
    }

    /** Lets the next thing happen, if it does up to and including that moment; else time comes to that moment. Whether it did. */
    public boolean step(long until) {
        return engine().step(until);
    }

    /** Writes into the trace what an application does. */
    public void note(SimNode node, String what) {
        engine().trace().command(now(), node.index(), what);
    }

    /** An application has its node do something; it is in the trace only with what follows from it. */
    public void act(SimNode node, Command action) {
        engine().act(node, action);
    }

    /** The node is about to say goodbye, so that others may believe it to have left. */
    public void leaving(SimNode node) {
        node.startLeaving();
    }

    /** An application ends its node: the others find nobody there. */
    public void end(SimNode node) {
        note(node, "close");
        Invariants checked = engine().invariants();
        if (checked != null) {
            checked.excuse(node);
        }
        node.end(node.isLeaving());
    }

    /** Something that must not happen, as the simulation tells of it: with the seed, the time, and the last inputs. */
    public InvariantViolation violation(@Nullable SimNode node, String what) {
        return engine().violated(node, what);
    }

    private final class Action extends Occurrence {
        private final SimNode node;
        private final Runnable action;

        Action(long time, SimNode node, long sequence, Runnable action) {
            super(time, node.index(), FROM_APPLICATIONS, sequence);
            this.node = node;
            this.action = action;
        }

        @Override
        void arrive() {
            atOnce = busySince == time ? atOnce + 1 : 0;
            busySince = time;
            if (atOnce > MAX_AT_ONCE) {
                throw violation(node, "the application has done " + MAX_AT_ONCE + " things and no time has passed");
            }
            if (node.isPaused()) {
                waiting.computeIfAbsent(node.index(), index -> new ArrayDeque<>())
                        .add(action);
            } else {
                action.run();
            }
        }
    }
}
