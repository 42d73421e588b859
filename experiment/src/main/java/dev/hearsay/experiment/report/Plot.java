package dev.hearsay.experiment.report;

import java.util.List;

/**
 * What the page's script draws into one figure; the names are those of its JSON.
 *
 * @param id of the figure
 * @param kind {@code time}: over the virtual time of the run, with its faults; {@code ecdf}: which share of all values is not
 *     above; {@code infection}: over the time since something began
 * @param title of the figure
 * @param unit of the vertical axis, a name of {@link dev.hearsay.experiment.run.Metric.Unit}
 * @param xName what the horizontal axis shows
 * @param to end of the horizontal axis in seconds; 0 leaves it to the values
 * @param top what the vertical axis reaches at least; 0 leaves it to the values
 * @param logarithmic whether the horizontal axis is; all x are above 0 then
 * @param lines to draw
 */
record Plot(
        String id,
        String kind,
        String title,
        String unit,
        String xName,
        double to,
        double top,
        boolean logarithmic,
        List<Line> lines) {
    /** Most points of a line. Of more, the least and the greatest of each stretch are kept, as no screen has more columns. */
    static final int MOST_POINTS = 2_000;

    /**
     * One line.
     *
     * @param name in the legend
     * @param meaning one sentence; may be empty
     * @param theory whether it is what should be, and not what was measured
     * @param step whether the value holds until the next point
     * @param x ascending, in seconds
     * @param y one for each x; null is a gap
     */
    record Line(String name, String meaning, boolean theory, boolean step, List<Double> x, List<Double> y) {}
}
