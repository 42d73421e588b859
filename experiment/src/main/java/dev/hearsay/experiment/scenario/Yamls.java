package dev.hearsay.experiment.scenario;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** YAML for a person, in one line. */
final class Yamls {
    private Yamls() {}

    /** Keys and values without the signs that YAML needs. */
    static String oneLine(@Nullable Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(Yamls::oneLine).collect(Collectors.joining(", "));
        }
        if (node instanceof MappingNode mapping) {
            List<NodeTuple> tuples = mapping.getValue();
            return tuples.stream()
                    .map(tuple -> oneLine(tuple.getKeyNode()) + " " + oneLine(tuple.getValueNode()))
                    .collect(Collectors.joining(", "));
        }
        return "";
    }
}
