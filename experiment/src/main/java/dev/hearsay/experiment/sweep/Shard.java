package dev.hearsay.experiment.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a sweep: every {@code of}-th run, counted through the grid and its seeds, so that each part has some of every point.
 *
 * @param index from 0, as the index of a pod of a Kubernetes Job
 * @param of how many parts there are; 1 is the whole sweep
 */
public record Shard(int index, int of) {
    /** Everything. */
    public static final Shard WHOLE = new Shard(0, 1);

    /** Where Kubernetes tells a pod of an Indexed Job its index, from 0. */
    public static final String INDEX_VARIABLE = "JOB_COMPLETION_INDEX";

    private static final Pattern FORM = Pattern.compile("(\\d{1,6}|env)/(\\d{1,6})");

    /**
     * Reads {@code 0/3}, or {@code env/3} where the index stands in {@link #INDEX_VARIABLE}.
     *
     * @param environment of the process
     * @throws SweepException if it is not such a text, or there is no such part
     */
    public static Shard parse(String text, Map<String, String> environment) throws SweepException {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new SweepException("--shard " + text
                    + " must be I/N such as 0/3, with I from 0 to N-1, or env/N to take I from " + INDEX_VARIABLE);
        }
        int of = Integer.parseInt(matcher.group(2));
        String index = matcher.group(1);
        if (index.equals("env")) {
            index = environment.getOrDefault(INDEX_VARIABLE, "");
            if (!index.matches("\\d{1,6}")) {
                throw new SweepException("--shard " + text + ": the environment's " + INDEX_VARIABLE
                        + (index.isEmpty() ? " is not set" : " is '" + index + "'")
                        + "; it must be a number from 0, as in a pod of an Indexed Job");
            }
        }
        Shard shard = new Shard(Integer.parseInt(index), of);
        if (of < 1 || shard.index >= of) {
            throw new SweepException("--shard " + shard.show() + ": I must be from 0 to N-1, and N at least 1");
        }
        return shard;
    }

    /** Those runs of all that are this part's. */
    public List<Run> of(List<Run> all) {
        List<Run> mine = new ArrayList<>();
        for (int i = index; i < all.size(); i += of) {
            mine.add(all.get(i));
        }
        return mine;
    }

    /** Whether this is the whole sweep. */
    public boolean whole() {
        return of == 1;
    }

    /** {@code 0/3}. */
    public String show() {
        return index + "/" + of;
    }

    /** The file of its rows. */
    String file() {
        return whole() ? "runs.jsonl" : "runs-" + index + "-of-" + of + ".jsonl";
    }
}
