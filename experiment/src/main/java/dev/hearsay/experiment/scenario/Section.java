package dev.hearsay.experiment.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One mapping of a scenario file. What is read of it is checked; {@link #end} complains of keys that nobody asked for. Mistakes are
 * gathered in {@link Problems}, and a default stands in, so that one look at a file finds them all.
 */
final class Section {
    private final Problems problems;
    private final Node where;
    private final String path;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    private Section(Problems problems, Node where, String path) {
        this.problems = problems;
        this.where = where;
        this.path = path;
    }

    /** What stands there as a mapping; anything else is a mistake, and an empty section. */
    static Section of(Problems problems, Node node, String path) {
        Section section = new Section(problems, node, path);
        if (!(node instanceof MappingNode mapping)) {
            problems.add(node, path, "must be a mapping: KEY: VALUE lines");
            return section;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(tuple.getKeyNode(), path, "a key must be a word");
            } else if (section.values.put(key.getValue(), tuple.getValueNode()) != null) {
                problems.add(key, section.name(key.getValue()), "stands there twice");
            } else {
                section.keys.put(key.getValue(), key);
            }
        }
        return section;
    }

    /** The key with the keys above it. */
    String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    int line() {
        return problems.line(where);
    }

    int line(String key) {
        Node node = keys.get(key);
        return node == null ? line() : problems.line(node);
    }

    boolean has(String key) {
        known.add(key);
        return values.containsKey(key);
    }

    Set<String> keys() {
        return values.keySet();
    }

    /** What stands behind the key; null if nothing. */
    @Nullable Node node(String key) {
        known.add(key);
        return values.get(key);
    }

    /** A mistake in what stands behind the key, or in the whole. */
    void problem(String key, String what) {
        Node at = values.get(key);
        problems.add(at == null ? where : at, key.isEmpty() ? path : name(key), what);
    }

    /** The same, as somebody else has found it. */
    void problem(String key, Throwable found) {
        String message = found.getMessage();
        problem(key, message == null ? found.toString() : message);
    }

    /** A value, or the default if the key is not there or its value is a mistake. */
    <T> T value(String key, T fallback, Quantity<T> form) {
        Node node = node(key);
        return node == null ? fallback : parse(node, name(key), fallback, form);
    }

    /** A value that must be there. */
    <T> T required(String key, T standIn, Quantity<T> form) {
        if (!has(key)) {
            problems.add(where, path, "'" + key + "' is missing");
            return standIn;
        }
        return value(key, standIn, form);
    }

    private <T> T parse(Node node, String name, T fallback, Quantity<T> form) {
        if (!(node instanceof ScalarNode scalar)) {
            problems.add(node, name, "must be one value: " + form.rule());
            return fallback;
        }
        try {
            return form.read(scalar.getValue().strip());
        } catch (IllegalArgumentException e) {
            String why = e.getMessage();
            problems.add(node, name, "'" + scalar.getValue() + "': " + (why == null ? form.rule() : why));
            return fallback;
        }
    }

    /** The mapping behind the key; an empty one if the key is not there. */
    Section section(String key) {
        Node node = node(key);
        return node == null ? new Section(problems, where, name(key)) : of(problems, node, name(key));
    }

    /** The sections of the list behind the key; none if the key is not there. */
    List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        List<Node> items = items(key);
        for (int i = 0; i < items.size(); i++) {
            sections.add(of(problems, items.get(i), name(key) + "[" + i + "]"));
        }
        return sections;
    }

    private List<Node> items(String key) {
        Node node = node(key);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            problems.add(node, name(key), "must be a list: lines that begin with '- '");
            return List.of();
        }
        return sequence.getValue();
    }

    /** One word or several: a scalar, or a list of scalars. */
    List<String> words(String key) {
        Node node = node(key);
        if (node == null) {
            return List.of();
        }
        List<Node> nodes = node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
        List<String> words = new ArrayList<>();
        for (Node each : nodes) {
            if (each instanceof ScalarNode scalar) {
                words.add(scalar.getValue().strip());
            } else {
                problems.add(each, name(key), "must be a word, or a list of words");
            }
        }
        return words;
    }

    Problems problems() {
        return problems;
    }

    /** All has been asked for: what else stands here is a mistake. */
    void end() {
        values.forEach((key, node) -> {
            if (!known.contains(key)) {
                Node at = keys.getOrDefault(key, node);
                problems.add(at, name(key), "there is no such key" + nearest(key, known));
            }
        });
    }

    /** What was perhaps meant, or all there is. */
    static String nearest(String word, Collection<String> among) {
        String best = "";
        int least = Math.max(2, word.length() / 3) + 1;
        for (String each : among) {
            int distance = distance(word, each);
            if (distance < least) {
                least = distance;
                best = each;
            }
        }
        return best.isEmpty() ? "; there are " + String.join(", ", among) : "; is '" + best + "' meant?";
    }

    /** How many letters to change, add or drop (Levenshtein), without regard to case. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                boolean same = Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
