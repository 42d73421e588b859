package dev.hearsay.experiment.fuzz;

import dev.hearsay.experiment.scenario.Fault;
import dev.hearsay.experiment.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A cluster with a known mistake, without running one: a process that ends while there is a partition, among three members or more,
 * is its failure. Counts how often it was asked.
 */
final class OverlapRunner implements Runner {
    final AtomicInteger runs = new AtomicInteger();

    @Override
    public Outcome run(Scenario scenario, long seed) {
        runs.incrementAndGet();
        Optional<Duration> overlap = scenario.members().count() < 3 ? Optional.empty() : overlap(scenario.faults());
        return new Outcome(
                overlap.map(
                        at -> new Failure("overlap", "a crash in a partition\nat " + at, at.toMillis() / 1e3, "n0")),
                scenario.duration().toSeconds(),
                100);
    }

    private static Optional<Duration> overlap(List<Fault> faults) {
        return faults.stream()
                .filter(fault -> fault.action() instanceof Fault.Crash)
                .map(crash -> crash.when().at())
                .filter(at -> faults.stream().anyMatch(other -> isPartitionAt(other, at)))
                .findFirst();
    }

    private static boolean isPartitionAt(Fault fault, Duration at) {
        Duration from = fault.when().at();
        return fault.action() instanceof Fault.Partition
                && from.compareTo(at) <= 0
                && at.compareTo(from.plus(fault.when().lasting())) <= 0;
    }
}
