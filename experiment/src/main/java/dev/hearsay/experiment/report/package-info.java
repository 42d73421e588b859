/**
 * What came of a run, for others: as JSON that can be read back, as tables for a spreadsheet, as one page for a browser, and as
 * lines for a terminal. Nothing here measures or judges; that is done in {@code run}.
 */
@NullMarked
package dev.hearsay.experiment.report;

import org.jspecify.annotations.NullMarked;
