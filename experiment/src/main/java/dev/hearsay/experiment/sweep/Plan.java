package dev.hearsay.experiment.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a sweep is: everything in its results follows from this.
 *
 * @param scenario name of the scenario
 * @param text of the scenario file
 * @param axes what is varied; may be empty
 * @param seeds that every point is run with
 */
public record Plan(String scenario, String text, List<Axis> axes, Seeds seeds) {
    /** Most runs of one sweep: their rows are in memory together when the results are written, some 3 kB each. */
    public static final int MOST_RUNS = 100_000;

    /** Copies. */
    public Plan {
        axes = List.copyOf(axes);
    }

    /**
     * A plan, checked but for the scenario itself ({@link PlanCheck}).
     *
     * @throws SweepException if two axes vary the same, or one part of what the other varies, or there are too many runs
     */
    public static Plan of(String scenario, String text, List<Axis> axes, Seeds seeds) throws SweepException {
        Set<String> paths = new HashSet<>();
        long runs = seeds.values().size();
        for (Axis axis : axes) {
            if (!paths.add(axis.path())) {
                throw new SweepException("--vary " + axis.path() + " is given twice: write all its values in one");
            }
            runs *= axis.values().size();
            if (runs > MOST_RUNS) {
                throw new SweepException("the sweep has more than " + MOST_RUNS + " runs (values times seeds); "
                        + "divide it into several, each with an --out of its own");
            }
        }
        for (String path : paths) {
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                if (paths.contains(path.substring(0, dot))) {
                    throw new SweepException("--vary " + path + " is within --vary " + path.substring(0, dot)
                            + ": what one sets the other would replace");
                }
            }
        }
        return new Plan(scenario, text, axes, seeds);
    }

    /** All points of the grid; the last axis changes first. One without parameters if nothing is varied. */
    public List<Point> points() {
        List<Map<String, String>> grid = List.of(Map.of());
        for (Axis axis : axes) {
            List<Map<String, String>> wider = new ArrayList<>();
            for (Map<String, String> parameters : grid) {
                for (String value : axis.values()) {
                    Map<String, String> more = new LinkedHashMap<>(parameters);
                    more.put(axis.path(), value);
                    wider.add(more);
                }
            }
            grid = wider;
        }
        List<Point> points = new ArrayList<>();
        for (Map<String, String> parameters : grid) {
            points.add(new Point(points.size(), parameters));
        }
        return points;
    }

    /** All runs: point by point, each with all seeds. */
    public List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (Point point : points()) {
            for (long seed : seeds.values()) {
                runs.add(new Run(point, seed));
            }
        }
        return runs;
    }

    /** As one line of text that {@link #parse} reads: to send it to another machine. */
    public String line() {
        return PlanJson.canonical(this);
    }

    /**
     * Reads what {@link #line} made.
     *
     * @throws SweepException if it is not that
     */
    public static Plan parse(String line) throws SweepException {
        try {
            return PlanJson.read("the plan", Json.MAPPER.readTree(line));
        } catch (JsonProcessingException e) {
            throw new SweepException("the plan is not JSON: " + e.getOriginalMessage());
        }
    }

    /** What tells this plan from any other: a hash of its canonical form, in hexadecimal. */
    public String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(PlanJson.canonical(this).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** In which respects this plan is not that other one, for a person; empty if they are the same. */
    public List<String> differences(Plan there) {
        List<String> differences = new ArrayList<>();
        if (!scenario.equals(there.scenario)) {
            differences.add("the scenario is " + there.scenario + " there, " + scenario + " here");
        }
        if (!text.equals(there.text)) {
            List<String> ours = text.lines().toList();
            List<String> theirs = there.text.lines().toList();
            int line = 0;
            while (line < ours.size() && line < theirs.size() && ours.get(line).equals(theirs.get(line))) {
                line++;
            }
            differences.add("the scenario's text, first in line " + (line + 1) + ": " + line(theirs, line) + " there, "
                    + line(ours, line) + " here");
        }
        if (!axes.equals(there.axes)) {
            differences.add("--vary: " + show(there.axes) + " there, " + show(axes) + " here");
        }
        if (!seeds.equals(there.seeds)) {
            differences.add("--seeds: " + there.seeds.show() + " there, " + seeds.show() + " here");
        }
        return differences;
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? "'" + lines.get(index).strip() + "'" : "the end";
    }

    private static String show(List<Axis> axes) {
        return axes.isEmpty()
                ? "nothing"
                : String.join(" ", axes.stream().map(Axis::show).toList());
    }
}
