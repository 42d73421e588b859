package dev.hearsay.experiment.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the scenario at every point of a plan before the first of them runs. */
final class PlanCheck {
    /** Most points that an error names. */
    private static final int MOST_NAMED = 5;

    private PlanCheck() {}

    /**
     * Checks all points.
     *
     * @throws SweepException if one cannot be; names the {@code --vary} and the value, where one alone is at fault, or else the point
     */
    static void check(Plan plan, Runner runner) throws SweepException {
        List<String> problems = new ArrayList<>();
        int wrong = 0;
        for (Point point : plan.points()) {
            try {
                runner.check(point.parameters());
            } catch (SweepException e) {
                wrong++;
                String problem = blame(point, runner) + ":\n  "
                        + String.valueOf(e.getMessage()).replace("\n", "\n  ");
                if (problems.size() < MOST_NAMED && !problems.contains(problem)) {
                    problems.add(problem);
                }
            }
        }
        if (wrong > 0) {
            throw new SweepException(String.join("\n", problems)
                    + (wrong > problems.size() ? "\n(" + wrong + " points of the grid cannot be run)" : ""));
        }
    }

    private static String blame(Point point, Runner runner) {
        if (point.parameters().isEmpty() || fails(runner, Map.of())) {
            return "the scenario" + (point.parameters().isEmpty() ? "" : " at " + point.show());
        }
        for (Map.Entry<String, String> parameter : point.parameters().entrySet()) {
            if (fails(runner, Map.of(parameter.getKey(), parameter.getValue()))) {
                return "--vary " + parameter.getKey() + "=" + parameter.getValue();
            }
        }
        return "--vary " + Point.show(point.parameters(), " with --vary ");
    }

    private static boolean fails(Runner runner, Map<String, String> parameters) {
        try {
            runner.check(parameters);
            return false;
        } catch (SweepException e) {
            return true;
        }
    }
}
