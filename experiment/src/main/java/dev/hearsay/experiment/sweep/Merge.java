package dev.hearsay.experiment.sweep;

import dev.hearsay.experiment.sweep.RunLog.Content;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts together what the shards of a sweep did, wherever they ran. */
public final class Merge {
    /** Most missing runs that an error names. */
    private static final int MOST_NAMED = 10;

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Path> origins = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private Merge() {}

    /**
     * What came of it.
     *
     * @param results of all shards together; runs may be missing
     * @param files that were read
     * @param notes what a person should know: lines that were cut off, runs that are there twice
     */
    public record Merged(Results results, List<Path> files, List<String> notes) {
        /** Names the runs that are missing, the first of them at least; empty if none is. */
        public String missing() {
            List<Run> missing = results.missing();
            if (missing.isEmpty()) {
                return "";
            }
            List<String> named =
                    missing.stream().limit(MOST_NAMED).map(Run::show).toList();
            return missing.size() + " of " + (missing.size() + results.rows().size()) + " runs are missing:\n  "
                    + String.join("\n  ", named)
                    + (missing.size() > MOST_NAMED ? "\n  and " + (missing.size() - MOST_NAMED) + " more" : "");
        }
    }

    /**
     * Reads the runs of all these places.
     *
     * @param places folders of a sweep, or files of runs beside its {@code sweep.json}
     * @throws SweepException if they are not of one sweep, one cannot be read, or two differ about the same run
     */
    public static Merged of(List<Path> places) throws SweepException {
        Set<Path> files = new LinkedHashSet<>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                List<Path> found = RunLog.in(place);
                if (found.isEmpty()) {
                    throw new SweepException("there are no runs (runs*.jsonl) in " + place);
                }
                files.addAll(found);
            } else if (Files.isRegularFile(place)) {
                files.add(place);
            } else {
                throw new SweepException(place + " does not exist");
            }
        }
        Merge merge = new Merge();
        Plan plan = plan(files);
        for (Path file : files) {
            merge.add(file, RunLog.read(file, plan));
        }
        return new Merged(new Results(plan, List.copyOf(merge.rows.values())), List.copyOf(files), merge.notes);
    }

    private static Plan plan(Set<Path> files) throws SweepException {
        Plan plan = null;
        Path first = null;
        for (Path file : files) {
            Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
            Plan there = SweepFolder.plan(folder)
                    .orElseThrow(() -> new SweepException("there is no " + SweepFolder.PLAN + " beside " + file
                            + ": it says which sweep the runs are of"));
            if (plan == null) {
                plan = there;
                first = folder;
            } else if (!plan.fingerprint().equals(there.fingerprint())) {
                throw new SweepException(folder + " and " + first + " are not of one sweep. What differs (there: "
                        + folder + "):\n  " + String.join("\n  ", plan.differences(there)));
            }
        }
        if (plan == null) {
            throw new SweepException("nothing to merge is given");
        }
        return plan;
    }

    private void add(Path file, Content content) throws SweepException {
        if (content.cut()) {
            notes.add("the last line of " + file + " was not written to its end: it is left out");
        }
        int twice = 0;
        for (Row row : content.rows()) {
            String key = row.point() + "/" + row.seed();
            Row before = rows.putIfAbsent(key, row);
            if (before == null) {
                origins.put(key, file);
                continue;
            }
            if (!before.equals(row)) {
                throw new SweepException(
                        origins.get(key) + " and " + file + " contradict each other about seed " + row.seed()
                                + " at point " + row.point() + ": they were made by different versions of Hearsay");
            }
            twice++;
        }
        if (twice > 0) {
            notes.add(twice + " runs of " + file + " are in other files as well, and equal");
        }
    }
}
