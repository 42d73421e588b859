package dev.hearsay.experiment.run;

/**
 * Whether what a scenario expects came true.
 *
 * @param expectation as the scenario has it: {@code detection-all.p99: at most 10s}
 * @param line where in the scenario file, from 1
 * @param met whether it is so
 * @param seen what was measured, for a person; says so if there was nothing to measure
 */
public record Verdict(String expectation, int line, boolean met, String seen) {}
