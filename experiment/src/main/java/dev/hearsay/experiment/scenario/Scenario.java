package dev.hearsay.experiment.scenario;

import dev.hearsay.core.Config;
import dev.hearsay.core.state.StateConfig;
import java.time.Duration;
import java.util.List;

/**
 * A cluster, and what happens to it. Immutable; with a seed it decides everything that a run does.
 *
 * @param name of the scenario
 * @param about what it shows, for a person
 * @param seed to use unless another is asked for
 * @param duration of virtual time
 * @param members who is in the cluster
 * @param config how members behave
 * @param state how shared state spreads; {@link StateConfig#OFF} if nobody writes and nobody asks for it
 * @param network between them
 * @param faults in the order of the file
 * @param workload of their applications
 * @param expectations of a run that passes, in the order of the file
 * @param text the file, with all variations applied
 */
public record Scenario(
        String name,
        String about,
        long seed,
        Duration duration,
        Members members,
        Config config,
        StateConfig state,
        NetworkPlan network,
        List<Fault> faults,
        Workload workload,
        List<Expectation> expectations,
        String text) {

    /** When the last fault is over, or has begun if it is for good: from then on the cluster can come to rest. */
    public Duration lastFault() {
        return faults.stream()
                .map(fault -> fault.when().last())
                .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }
}
