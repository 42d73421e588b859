/**
 * What an engineer does with the simulator: writes a scenario, runs it, varies it, compares what came of it, and reads a report.
 *
 * <p>{@code scenario} is what is to happen and how it is read from a file; {@code run} lets it happen and says what was
 * measured. Everything else works on the {@link dev.hearsay.experiment.run.RunResult} of a run.
 */
@NullMarked
package dev.hearsay.experiment;

import org.jspecify.annotations.NullMarked;
