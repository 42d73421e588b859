package dev.hearsay.experiment.scenario;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** What is wrong with a scenario file, as far as it has been read. */
final class Problems {
    private final YamlTree tree;
    private final List<String> found = new ArrayList<>();

    Problems(YamlTree tree) {
        this.tree = tree;
    }

    /** Something is wrong with what stands there. */
    void add(Node where, String key, String what) {
        found.add(tree.place(where) + ": " + (key.isEmpty() ? "" : key + ": ") + what);
    }

    /** The same, of a line in the file; 0 for the file as a whole. */
    void add(int line, String key, String what) {
        found.add(tree.source() + (line == 0 ? "" : ":" + line) + ": " + (key.isEmpty() ? "" : key + ": ") + what);
    }

    /** The line on which that stands, from 1. */
    int line(Node where) {
        Mark mark = where.getStartMark();
        return mark == null || tree.varied(where) ? 0 : mark.getLine() + 1;
    }

    boolean none() {
        return found.isEmpty();
    }

    /** Throws if anything was wrong. */
    void orThrow() {
        if (!found.isEmpty()) {
            List<String> told = new ArrayList<>(found.subList(0, Math.min(found.size(), ScenarioException.MOST)));
            if (found.size() > told.size()) {
                told.add("and " + (found.size() - told.size()) + " more");
            }
            throw new ScenarioException(told);
        }
    }
}
