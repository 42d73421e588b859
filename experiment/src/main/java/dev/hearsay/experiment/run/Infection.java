package dev.hearsay.experiment.run;

import java.util.List;

/** How news spreads over time, measured and expected. */
public final class Infection {
    /** Most curves that a result keeps: of the first user events. */
    public static final int MOST_CURVES = 5;

    private Infection() {}

    /**
     * One user event.
     *
     * @param name of the event
     * @param origin who fired it
     * @param fired seconds of virtual time
     * @param seconds since then at which somebody heard it, ascending, at most 200 of them
     * @param informed how many members had heard it then, the origin included
     * @param theory how many are expected at the same times by push in rounds ({@code epidemic.Theory}); empty if it says
     *     nothing about such a run
     */
    public record Curve(
            String name,
            String origin,
            double fired,
            List<Double> seconds,
            List<Integer> informed,
            List<Double> theory) {}
}
