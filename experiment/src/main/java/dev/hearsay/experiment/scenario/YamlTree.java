package dev.hearsay.experiment.scenario;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** A YAML document as a tree whose nodes know their lines, with other values here and there. */
final class YamlTree {
    /** Longest file that is read, in characters. */
    static final int MAX_CHARACTERS = 1 << 20;

    private static final int MAX_DEPTH = 20;

    private final String source;
    private final MappingNode root;
    private final String text;
    private final IdentityHashMap<Node, Variation> varied = new IdentityHashMap<>();

    private YamlTree(String source, MappingNode root, String text) {
        this.source = source;
        this.root = root;
        this.text = text;
    }

    /**
     * Reads a document.
     *
     * @param source what to call it in messages
     * @throws ScenarioException if it is not YAML, or not a mapping at its top
     */
    static YamlTree read(String source, String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw refused(source + ": is longer than " + MAX_CHARACTERS + " characters");
        }
        Node node = compose(source, text);
        if (!(node instanceof MappingNode root)) {
            throw refused(
                    source + ":1: a scenario is a mapping: KEY: VALUE lines, with 'name' and 'cluster' among them");
        }
        return new YamlTree(source, root, text);
    }

    private static @Nullable Node compose(String source, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setProcessComments(true);
        options.setNestingDepthLimit(MAX_DEPTH);
        try {
            return new Yaml(new SafeConstructor(options), new Representer(dumping()), dumping(), options)
                    .compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw refused(source + ":" + (mark == null ? 1 : mark.getLine() + 1) + ": is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw refused(source + ": is not YAML: " + e.getMessage());
        }
    }

    private static DumperOptions dumping() {
        DumperOptions options = new DumperOptions();
        options.setProcessComments(true);
        options.setWidth(120);
        return options;
    }

    private static ScenarioException refused(String problem) {
        return new ScenarioException(List.of(problem));
    }

    String source() {
        return source;
    }

    MappingNode root() {
        return root;
    }

    /** The document as it is now, so that reading it gives the same tree. */
    String text() {
        if (varied.isEmpty()) {
            return text;
        }
        StringWriter out = new StringWriter();
        new Yaml(dumping()).serialize(root, out);
        return out.toString();
    }

    /** Where that stands, for a message. */
    String place(Node node) {
        Variation variation = varied.get(node);
        if (variation != null) {
            return source + ": with " + variation;
        }
        Mark mark = node.getStartMark();
        return mark == null ? source : source + ":" + (mark.getLine() + 1);
    }

    boolean varied(Node node) {
        return varied.containsKey(node);
    }

    /**
     * Puts another value somewhere; mappings on the way there are made if they are missing.
     *
     * @throws ScenarioException if the value is not YAML, or the path leads through something that is no mapping or list
     */
    void vary(Variation variation) {
        Node value = compose(source + ": with " + variation, variation.value().isEmpty() ? "''" : variation.value());
        if (value == null) {
            throw refused(source + ": with " + variation + ": there is no value");
        }
        mark(value, variation);
        Node at = root;
        List<String> keys = List.of(variation.path().split("\\."));
        for (int i = 0; i < keys.size(); i++) {
            boolean last = i == keys.size() - 1;
            at = step(at, keys.get(i), last ? value : null, variation);
        }
    }

    private void mark(Node node, Variation variation) {
        varied.put(node, variation);
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                mark(tuple.getKeyNode(), variation);
                mark(tuple.getValueNode(), variation);
            }
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(each -> mark(each, variation));
        }
    }

    private Node step(Node at, String key, @Nullable Node value, Variation variation) {
        if (at instanceof MappingNode mapping) {
            return inMapping(mapping, key, value, variation);
        }
        if (at instanceof SequenceNode sequence) {
            List<Node> items = sequence.getValue();
            int index = key.matches("[0-9]{1,6}") ? Integer.parseInt(key) : -1;
            if (index < 0 || index >= items.size()) {
                throw refused(source + ": with " + variation + ": '" + key + "' is no item of that list: must be 0 to "
                        + (items.size() - 1));
            }
            if (value != null) {
                items.set(index, value);
            }
            return items.get(index);
        }
        throw refused(place(at) + ": with " + variation + ": there is a value here, and nothing below it");
    }

    private Node inMapping(MappingNode mapping, String key, @Nullable Node value, Variation variation) {
        List<NodeTuple> tuples = new ArrayList<>(mapping.getValue());
        for (int i = 0; i < tuples.size(); i++) {
            NodeTuple tuple = tuples.get(i);
            if (tuple.getKeyNode() instanceof ScalarNode scalar
                    && scalar.getValue().equals(key)) {
                if (value == null) {
                    return tuple.getValueNode();
                }
                tuples.set(i, new NodeTuple(tuple.getKeyNode(), value));
                mapping.setValue(tuples);
                return value;
            }
        }
        Node made = value == null ? new MappingNode(Tag.MAP, new ArrayList<>(), DumperOptions.FlowStyle.BLOCK) : value;
        ScalarNode name = new ScalarNode(Tag.STR, key, null, null, DumperOptions.ScalarStyle.PLAIN);
        varied.put(name, variation);
        varied.put(made, variation);
        tuples.add(new NodeTuple(name, made));
        mapping.setValue(tuples);
        return made;
    }
}
