package dev.hearsay.experiment.fuzz;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A scenario file that can be changed: mappings, lists and texts. What it says is not checked here;
 * {@link dev.hearsay.experiment.scenario.ScenarioFile} does that.
 */
final class ScenarioTree {
    private static final int LINE_WIDTH = 120;
    private static final Resolver RESOLVER = new Resolver();

    private final Map<String, Object> root;

    private ScenarioTree(Map<String, Object> root) {
        this.root = root;
    }

    static ScenarioTree empty() {
        return new ScenarioTree(new LinkedHashMap<>());
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is not a mapping
     */
    static ScenarioTree read(String text) {
        Node node = new Yaml().compose(new StringReader(text));
        if (!(node instanceof MappingNode mapping)) {
            throw new IllegalArgumentException("a scenario is a mapping");
        }
        return new ScenarioTree(mapping(mapping));
    }

    private static Map<String, Object> mapping(MappingNode node) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            map.put(((ScalarNode) tuple.getKeyNode()).getValue(), value(tuple.getValueNode()));
        }
        return map;
    }

    private static Object value(Node node) {
        if (node instanceof MappingNode mapping) {
            return mapping(mapping);
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            sequence.getValue().forEach(each -> list.add(value(each)));
            return list;
        }
        return ((ScalarNode) node).getValue();
    }

    /** The mapping at the top, to be read and changed. */
    Map<String, Object> root() {
        return root;
    }

    /** A copy with a change. */
    ScenarioTree with(Consumer<Map<String, Object>> change) {
        ScenarioTree copy = new ScenarioTree(copy(root));
        change.accept(copy.root);
        return copy;
    }

    private static Map<String, Object> copy(Map<String, Object> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, copyOf(value)));
        return copy;
    }

    static Object copyOf(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, each) -> copy.put((String) key, copyOf(each)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(each -> copy.add(copyOf(each)));
            return copy;
        }
        return value;
    }

    /** The mapping behind a key; made if it is not there. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> section(Map<String, Object> map, String key) {
        return (Map<String, Object>) map.computeIfAbsent(key, missing -> new LinkedHashMap<>());
    }

    /** The list behind a key; made if it is not there. */
    @SuppressWarnings("unchecked")
    static List<Object> list(Map<String, Object> map, String key) {
        return (List<Object>) map.computeIfAbsent(key, missing -> new ArrayList<>());
    }

    /** The file: one line for each fault and each small mapping. */
    String text() {
        DumperOptions options = new DumperOptions();
        options.setWidth(LINE_WIDTH);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        StringWriter out = new StringWriter();
        new Yaml(options).serialize(node(root, 0), out);
        return out.toString();
    }

    private static Node node(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            List<NodeTuple> tuples = new ArrayList<>();
            map.forEach((key, each) -> tuples.add(new NodeTuple(scalar((String) key), node(each, depth + 1))));
            return new MappingNode(Tag.MAP, tuples, map.isEmpty() ? FlowStyle.FLOW : style(depth));
        }
        if (value instanceof List<?> list) {
            List<Node> nodes = new ArrayList<>();
            list.forEach(each -> nodes.add(node(each, depth + 1)));
            return new SequenceNode(Tag.SEQ, nodes, list.isEmpty() ? FlowStyle.FLOW : style(depth));
        }
        return scalar((String) value);
    }

    /** The top and its sections line by line; what is below, in one line. */
    private static FlowStyle style(int depth) {
        return depth < 2 ? FlowStyle.BLOCK : FlowStyle.FLOW;
    }

    private static Node scalar(String text) {
        Tag plain = RESOLVER.resolve(NodeId.scalar, text, true);
        return new ScalarNode(plain, text, null, null, ScalarStyle.PLAIN);
    }
}
