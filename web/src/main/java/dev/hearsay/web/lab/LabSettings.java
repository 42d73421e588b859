package dev.hearsay.web.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The settings of a run: checked.
 *
 * @param protocol what the nodes do
 * @param values of all {@link LabField#FIELDS}, by name, in their order
 */
record LabSettings(Protocol protocol, Map<String, Double> values) {
    private static final String PROTOCOL = "protocol";

    /** All settings as a page needs them, the protocol first. */
    static String schema() {
        List<Object> fields = new ArrayList<>();
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("name", PROTOCOL);
        choice.put("label", "Protocol");
        choice.put("type", "choice");
        choice.put("min", 0);
        choice.put("max", 0);
        choice.put("default", Protocol.PUSH.text);
        choice.put("unit", "");
        choice.put("choices", Protocol.texts());
        choice.put("protocols", Protocol.texts());
        choice.put("help", "What the nodes do. 'broadcast' is a central server, for comparison.");
        fields.add(choice);
        LabField.FIELDS.forEach(field -> fields.add(field.schema()));
        return Json.of(fields);
    }

    /**
     * Settings from what somebody says; what is not said has its usual value.
     *
     * @param said names and values: texts or numbers
     * @param problems takes what is wrong: each is replaced by the usual value
     */
    static LabSettings of(Map<String, Object> said, List<String> problems) {
        Protocol protocol = Protocol.PUSH;
        try {
            protocol = Protocol.of(String.valueOf(said.getOrDefault(PROTOCOL, protocol.text)));
        } catch (IllegalArgumentException e) {
            problems.add(Objects.requireNonNull(e.getMessage()));
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (LabField field : LabField.FIELDS) {
            Object value = said.get(field.name());
            values.put(field.name(), value == null ? field.usual(protocol) : number(field, value, protocol, problems));
        }
        for (String name : said.keySet()) {
            if (!name.equals(PROTOCOL) && LabField.named(name).isEmpty()) {
                problems.add("'" + Json.shortened(name) + "': there is no such setting");
            }
        }
        return new LabSettings(protocol, values);
    }

    /**
     * Settings from JSON.
     *
     * @throws IllegalArgumentException naming field, value and rule of what is wrong
     */
    static LabSettings of(String json) {
        List<String> problems = new ArrayList<>();
        LabSettings settings = of(Json.object(json), problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return settings;
    }

    private static double number(LabField field, Object said, Protocol protocol, List<String> problems) {
        double value = Double.NaN;
        if (said instanceof Double number) {
            value = number;
        } else if (said instanceof String text && text.length() <= 20) {
            try {
                value = Double.parseDouble(text);
            } catch (NumberFormatException e) {
                // It is told of below, as are numbers out of range.
            }
        }
        String problem = field.problem(value, protocol);
        if (problem.isEmpty()) {
            return value;
        }
        problems.add(said instanceof String text ? field.rule(text, protocol) : problem);
        return field.usual(protocol);
    }

    /** A value by the name of its field. */
    double number(String name) {
        return Objects.requireNonNull(values.get(name));
    }

    /** A whole value by the name of its field. */
    int whole(String name) {
        return (int) number(name);
    }

    int nodes() {
        return whole("n");
    }

    /** The share of packets that are lost, 0 to 1. */
    double loss() {
        return number("loss") / 100;
    }

    /** The fields that mean something for this protocol. */
    List<LabField> fields() {
        return LabField.FIELDS.stream()
                .filter(field -> field.protocols().contains(protocol))
                .toList();
    }

    /** For JSON: the protocol, and all values. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(PROTOCOL, protocol.text);
        map.putAll(values);
        return map;
    }
}
