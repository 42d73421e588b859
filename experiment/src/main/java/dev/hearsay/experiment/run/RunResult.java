package dev.hearsay.experiment.run;

import dev.hearsay.experiment.run.Infection.Curve;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of one run of a scenario with one seed. It follows from the scenario and the seed alone: the same on every machine,
 * so that two results are equal if and only if the runs were.
 *
 * @param scenario its name
 * @param text the scenario file that was run, with all variations applied: running it again gives this result
 * @param seed of everything random
 * @param traceHash of every input, in hexadecimal: equal hashes, equal runs
 * @param members how many there were
 * @param seconds of virtual time that passed
 * @param metrics figures by name, those that could be measured; {@link Metric#ALL} says what they mean
 * @param samples distributions by name ({@code detection-first}, {@code detection-all}, {@code event-member}, {@code event-all},
 *     {@code state-member}, {@code state-all}), in seconds
 * @param series by name, sampled once a virtual second
 * @param infections how far each watched user event had spread, beside what theory expects
 * @param faults what the scenario did, in order
 * @param story what the watched member went through, in order
 * @param watched the name of that member
 * @param verdicts on what the scenario expects, in the order of the file
 * @param violation what broke an invariant, if anything did: the run ended there
 */
public record RunResult(
        String scenario,
        String text,
        long seed,
        String traceHash,
        int members,
        double seconds,
        Map<String, Double> metrics,
        Map<String, Samples> samples,
        Map<String, Series> series,
        List<Curve> infections,
        List<Incident> faults,
        List<Incident> story,
        String watched,
        List<Verdict> verdicts,
        Optional<String> violation) {

    /** Whether no invariant was broken and everything expected came true. */
    public boolean passed() {
        return violation.isEmpty() && verdicts.stream().allMatch(Verdict::met);
    }
}
