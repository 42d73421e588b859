package dev.hearsay.agent.mixed;

import dev.hearsay.agent.mixed.Step.Action;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A random sequence of steps, the same for the same seed: what comes next depends on the seed and the steps before, never on
 * what the agents do or how long they take.
 *
 * <p>At least {@link #LEAST_UP} members stay up, of each kind at least one, and at most {@link #MOST_PAUSED} are paused.
 */
final class Script {
    static final int LEAST_UP = 3;
    static final int MOST_PAUSED = 2;

    private final Random random;
    private final Expected expected;
    private final List<String> toStart;

    /** The sequence first starts everybody; the caller applies each step before it asks for the next. */
    Script(long seed, Expected expected) {
        this.random = new Random(seed);
        this.expected = expected;
        this.toStart = new ArrayList<>(expected.down());
    }

    Step next() {
        if (!toStart.isEmpty()) {
            return step(Action.START, toStart.remove(0));
        }
        Map<Action, List<String>> possible = possible();
        Action action = pick(List.copyOf(possible.keySet()));
        return step(action, pick(possible.getOrDefault(action, List.of())));
    }

    private Step step(Action action, String member) {
        if (!action.joins()) {
            return Step.of(action, member);
        }
        List<String> through = new ArrayList<>(expected.up());
        through.remove(member);
        return through.isEmpty() ? Step.of(action, member) : Step.of(action, member, pick(through));
    }

    /** Who can do what now; an action that nobody can do is not there. */
    private Map<Action, List<String>> possible() {
        List<String> up = expected.up();
        List<String> dispensable = up.stream().filter(this::dispensable).toList();
        List<String> mortal = new ArrayList<>(dispensable);
        mortal.addAll(expected.paused());
        Map<Action, List<String>> possible = new EnumMap<>(Action.class);
        possible.put(Action.START, expected.down());
        possible.put(Action.MOVE, expected.movable());
        possible.put(Action.REBOOT, up);
        possible.put(Action.TAG, up);
        possible.put(Action.BLINK, up.stream().filter(this::watched).toList());
        possible.put(Action.PAUSE, expected.paused().size() < MOST_PAUSED ? dispensable : List.of());
        possible.put(Action.RESUME, expected.paused());
        possible.put(Action.LEAVE, dispensable);
        possible.put(Action.KILL, mortal);
        possible.values().removeIf(List::isEmpty);
        return possible;
    }

    private boolean dispensable(String member) {
        return expected.up().size() > LEAST_UP
                && expected.up(expected.kind(member)).size() > 1;
    }

    /** Whether one of ours can tell when it becomes suspect; Serf's do not show it. */
    private boolean watched(String member) {
        return expected.up(Kind.OURS).stream().anyMatch(watcher -> !watcher.equals(member));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
