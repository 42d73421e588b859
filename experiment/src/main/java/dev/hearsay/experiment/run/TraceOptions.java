package dev.hearsay.experiment.run;

import java.time.Duration;
import java.util.List;

/**
 * Which part of a run to show.
 *
 * @param from virtual time at which the trace begins
 * @param until when it ends, and the run with it
 * @param members indexes of those whose inputs are shown; empty for all
 */
public record TraceOptions(Duration from, Duration until, List<Integer> members) {}
