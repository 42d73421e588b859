package dev.hearsay.experiment.scenario;

import dev.hearsay.experiment.scenario.Fault.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the parts of a scenario must not say together: found before it runs, not after. */
final class Checks {
    private final Scenario scenario;
    private final Problems problems;

    Checks(Scenario scenario, Problems problems) {
        this.scenario = scenario;
        this.problems = problems;
    }

    void run() {
        beginnings();
        scenario.expectations().forEach(this::possible);
        upAndDown();
    }

    private void beginnings() {
        long sum = scenario.faults().stream()
                .mapToLong(fault -> fault.when().times())
                .sum();
        if (sum > Faults.MOST) {
            problems.add(0, "faults", "begin " + sum + " times in all: must be at most " + Faults.MOST);
        }
    }

    /** What is expected must be measurable, and not ruled out by the faults. */
    private void possible(Expectation expectation) {
        String metric = expectation.metric();
        String key = "expect." + metric;
        if (metric.startsWith("detection-") && !kills()) {
            problems.add(expectation.line(), key, "no fault ends a process, so there is nothing to detect");
        } else if (metric.startsWith("event-") || metric.equals("events-delivered")) {
            if (scenario.workload().events().isEmpty()) {
                problems.add(expectation.line(), key, "there are no events: see workload.events");
            }
        } else if (metric.startsWith("state-") && scenario.workload().state().isEmpty()) {
            problems.add(expectation.line(), key, "nobody writes: see workload.state");
        }
        if (metric.equals("agreement")) {
            agreement(expectation, key);
        }
    }

    private boolean kills() {
        return scenario.faults().stream().anyMatch(fault -> fault.action().kills());
    }

    private void agreement(Expectation expectation, String key) {
        for (Fault fault : scenario.faults()) {
            if (!fault.action().heals() && !fault.when().ends()) {
                problems.add(
                        expectation.line(),
                        key,
                        "cannot come: '" + fault.text() + "' in line " + fault.line()
                                + " never ends. Give it 'for', or do not expect agreement");
                return;
            }
        }
        Duration left = scenario.duration().minus(scenario.lastFault());
        if (left.isNegative() || left.isZero()) {
            problems.add(
                    expectation.line(),
                    key,
                    "cannot come: the last fault ends at " + Faults.show(scenario.lastFault())
                            + ", and the scenario at " + Faults.show(scenario.duration()));
        } else if (expectation.bound() == Expectation.Bound.AT_MOST && expectation.value() * 1e9 > left.toNanos()) {
            problems.add(
                    expectation.line(),
                    key,
                    "cannot be seen: only " + Faults.show(left) + " are left after the last fault");
        }
    }

    // ---- who is up and who is down, as far as the file alone says it

    /** A moment at which somebody with a name goes down or comes up. */
    private record Turn(Duration at, int line, int member, boolean up, String text) {}

    /** Members that are named: none may be ended while it is down, nor started while it is up. */
    private void upAndDown() {
        List<Turn> turns = new ArrayList<>();
        for (Fault fault : scenario.faults()) {
            boolean byTurns = fault.action() instanceof Fault.Churn || fault.action() instanceof Fault.Rolling;
            if (byTurns || !turns(fault, turns)) {
                return;
            }
        }
        turns.sort(Comparator.comparing(Turn::at));
        Map<Integer, Turn> down = new TreeMap<>();
        for (Turn turn : turns) {
            Turn before = down.get(turn.member);
            if (turn.up && before == null) {
                problems.add(
                        turn.line,
                        "faults",
                        turn.text + ": n" + turn.member + " is not down at " + Faults.show(turn.at));
                return;
            } else if (!turn.up && before != null) {
                problems.add(
                        turn.line,
                        "faults",
                        turn.text + ": n" + turn.member + " is down already at " + Faults.show(turn.at)
                                + ", since line " + before.line);
                return;
            }
            if (turn.up) {
                down.remove(turn.member);
            } else {
                down.put(turn.member, turn);
            }
        }
    }

    /** Adds the turns of a fault; false if the seed decides whom it concerns. */
    private boolean turns(Fault fault, List<Turn> turns) {
        Who who;
        boolean up = false;
        if (fault.action() instanceof Fault.Crash crash) {
            who = crash.who();
        } else if (fault.action() instanceof Fault.PowerOff off) {
            who = off.who();
        } else if (fault.action() instanceof Fault.Leave leave) {
            who = leave.who();
        } else if (fault.action() instanceof Fault.Restart restart) {
            who = restart.who();
            up = true;
        } else {
            return true;
        }
        if (who.isRandom()) {
            return false;
        }
        When when = fault.when();
        for (int i = 0; i < when.times(); i++) {
            Duration at = when.at().plus(when.every().multipliedBy(i));
            boolean begins = up;
            who.choose(scenario.members(), new java.util.BitSet(), new dev.hearsay.core.Prng(0)).stream()
                    .forEach(member -> {
                        turns.add(new Turn(at, fault.line(), member, begins, fault.text()));
                        if (when.ends()) {
                            turns.add(new Turn(at.plus(when.lasting()), fault.line(), member, !begins, fault.text()));
                        }
                    });
        }
        return true;
    }
}
