package dev.hearsay.experiment.fuzz;

import dev.hearsay.experiment.fuzz.Paths.Path;
import dev.hearsay.experiment.scenario.Scenario;
import dev.hearsay.experiment.scenario.ScenarioException;
import dev.hearsay.experiment.scenario.ScenarioFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Takes from a scenario that fails what it does not need to fail: faults, work, settings, members, time, digits. What is left fails
 * in the same way, that is, with a failure of the same {@linkplain Failure#kind kind}. Where a promise is broken, what is left is
 * still owed that promise. One use only.
 */
public final class Reducer {
    /** A place that must stay. */
    private static final Set<String> KEPT = Set.of("name", "seed", "duration", "cluster", "cluster.members", "faults");

    /** Values that have no simpler ones, or whose turn is elsewhere. */
    private static final Set<String> AS_IS = Set.of("name", "seed", "duration", "cluster.members");

    private static final int OTHER_SEEDS = 2;
    private static final int[] FEW = {2, 3, 5};

    private final Runner runner;
    private final BooleanSupplier goesOn;
    private final Consumer<Integer> progress;
    private final int mostRuns;
    private ScenarioTree best;
    private long seed;
    private Failure failure;
    private int runs;

    /**
     * What is left of a scenario.
     *
     * @param text the file; its seed is the one that fails
     * @param seed with which it fails
     * @param failure what goes wrong, of the same kind as before
     * @param runs it took
     * @param complete whether there was time for everything; if not, more could perhaps go
     */
    public record Reduced(String text, long seed, Failure failure, int runs, boolean complete) {}

    /**
     * Reduces a finding.
     *
     * @param runner that found it
     * @param finding that fails with that runner
     * @param time it may take, about
     * @param mostRuns that it may take
     * @param progress hears how many there have been
     */
    public static Reduced reduce(
            Runner runner, Finding finding, Duration time, int mostRuns, Consumer<Integer> progress) {
        long begun = System.nanoTime();
        BooleanSupplier goesOn = () -> System.nanoTime() - begun < time.toNanos();
        return new Reducer(runner, finding, goesOn, mostRuns, progress).reduced();
    }

    private Reducer(Runner runner, Finding finding, BooleanSupplier goesOn, int mostRuns, Consumer<Integer> progress) {
        this.runner = runner;
        this.goesOn = goesOn;
        this.mostRuns = mostRuns;
        this.progress = progress;
        this.best = ScenarioTree.read(finding.text());
        this.seed = finding.seed();
        this.failure = finding.failure();
    }

    private Reduced reduced() {
        boolean changed = true;
        while (changed && hasTime()) {
            String before = best.text();
            shorter();
            fewerFaults();
            fewerMembers();
            less();
            simpler();
            changed = !best.text().equals(before);
        }
        ScenarioTree last = best.with(root -> root.put("seed", seed + ""));
        return new Reduced(last.text(), seed, failure, runs, hasTime());
    }

    private boolean hasTime() {
        return runs < mostRuns && goesOn.getAsBoolean();
    }

    // ---- whether it still fails

    /** Takes the changed scenario for the best one if it fails in the same way, with one of so many other seeds at worst. */
    private boolean take(Consumer<Map<String, Object>> change, int otherSeeds) {
        ScenarioTree changed = best.with(change);
        if (changed.text().equals(best.text())) {
            return false;
        }
        for (long i = 0; i <= otherSeeds && hasTime(); i++) {
            long tried = i == 0 ? seed : i;
            if ((i == 0 || tried != seed) && fails(changed, tried)) {
                return true;
            }
        }
        return false;
    }

    private boolean fails(ScenarioTree tree, long tried) {
        ScenarioTree owed = tree;
        Scenario scenario;
        try {
            if (isPromise()) {
                owed = tree.with(root -> {
                    root.remove("expect");
                    root.put("duration", Promise.LONG);
                });
                Scenario quiet = ScenarioFile.read("reduced", owed.text());
                if (!Promise.holds(quiet)) {
                    return false;
                }
                owed = owed.with(root -> Promise.write(quiet, root));
            }
            scenario = ScenarioFile.read("reduced", owed.text());
        } catch (ScenarioException e) {
            return false;
        }
        progress.accept(++runs);
        Outcome outcome = runner.run(scenario, tried);
        if (outcome.failure().isEmpty() || !outcome.failure().get().kind().equals(failure.kind())) {
            return false;
        }
        best = owed;
        seed = tried;
        failure = outcome.failure().get();
        return true;
    }

    private boolean isPromise() {
        return failure.kind().startsWith(SimulatorRunner.EXPECTED);
    }

    // ---- what may go

    /** Ends soon after it has failed; what would come later goes. */
    private void shorter() {
        long end = (long) failure.seconds() + 1;
        if (!isPromise()) {
            take(
                    root -> {
                        root.put("duration", end + "s");
                        root.remove("expect");
                        for (String work : List.of("events", "state")) {
                            Paths.remove(root, new Path(List.of("workload", work, "until")));
                        }
                        ScenarioTree.list(root, "faults").removeIf(fault -> begins(fault) >= end);
                        if (ScenarioTree.list(root, "faults").isEmpty()) {
                            root.remove("faults");
                        }
                    },
                    0);
        }
    }

    /** The second at which a fault begins. */
    private static double begins(Object fault) {
        String at = fault instanceof Map<?, ?> map ? String.valueOf(map.get("at")) : "";
        return at.endsWith("ms")
                ? Double.parseDouble(at.substring(0, at.length() - 2)) / 1e3
                : Double.parseDouble(at.substring(0, at.length() - 1));
    }

    private void fewerFaults() {
        if (best.root().containsKey("faults")) {
            List<Object> all = List.copyOf(ScenarioTree.list(best.root(), "faults"));
            Ddmin.minimum(
                    all,
                    part -> take(
                            root -> {
                                if (part.isEmpty()) {
                                    root.remove("faults");
                                } else {
                                    root.put("faults", ScenarioTree.copyOf(part));
                                }
                            },
                            OTHER_SEEDS));
        }
    }

    /** Whatever can be left out: sections first, then what is in them. */
    private void less() {
        for (Path path : Paths.all(best.root())) {
            boolean stays = KEPT.contains(path.toString()) || (isPromise() && path.in("expect"));
            if (!stays && Paths.get(best.root(), path) != null) {
                take(root -> leaveOut(root, path), 0);
            }
        }
    }

    private static void leaveOut(Map<String, Object> root, Path path) {
        Paths.remove(root, path);
        if (path.last().equals("times") && path.in("faults")) {
            List<Object> above = path.steps().subList(0, path.steps().size() - 1);
            Paths.remove(root, new Path(above).to("every"));
        }
    }

    private void fewerMembers() {
        boolean changed = true;
        while (changed) {
            changed = false;
            int members = Integer.parseInt(
                    String.valueOf(ScenarioTree.section(best.root(), "cluster").get("members")));
            int[] tried = {FEW[0], FEW[1], FEW[2], members / 4, members / 2, members * 3 / 4, members - 1};
            java.util.Arrays.sort(tried);
            for (int fewer : tried) {
                if (!changed && fewer >= 1 && fewer < members) {
                    changed = take(root -> FewerMembers.change(root, fewer), OTHER_SEEDS);
                }
            }
        }
    }

    private void simpler() {
        for (Path path : Paths.all(best.root())) {
            boolean stays = AS_IS.contains(path.toString()) || path.in("expect");
            boolean changed = !stays;
            while (changed) {
                changed = false;
                if (Paths.get(best.root(), path) instanceof String text) {
                    for (String value : Simpler.than(text)) {
                        if (!changed) {
                            changed = take(root -> Paths.replace(root, path, value), 0);
                        }
                    }
                }
            }
        }
    }
}
