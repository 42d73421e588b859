/**
 * Says what changed between two results, and how sure that is.
 *
 * <p>{@link dev.hearsay.experiment.compare.Side} is one result, read from where a sweep or a run left it;
 * {@link dev.hearsay.experiment.compare.Comparison} has a {@link dev.hearsay.experiment.compare.Finding} for each point and metric
 * that both have. Runs of the same seed are compared as pairs ({@link dev.hearsay.experiment.compare.SignedRank}), others as two
 * groups ({@link dev.hearsay.experiment.compare.RankSum}). No test assumes a distribution, and nothing is drawn by chance: the same
 * results give the same words.
 */
@NullMarked
package dev.hearsay.experiment.compare;

import org.jspecify.annotations.NullMarked;
