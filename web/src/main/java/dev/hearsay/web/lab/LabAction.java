package dev.hearsay.web.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Something that is done to a run.
 *
 * @param at when, in milliseconds of virtual time, 0 to {@value #MOST_MILLIS}
 * @param deed what
 * @param nodes to whom: of a partition, one side
 * @param value the share of packets that are lost from then on, in percent; otherwise 0
 */
record LabAction(double at, Deed deed, List<Integer> nodes, double value) {
    /** Longest time of a run: an hour. */
    static final double MOST_MILLIS = 3_600_000;

    private static final double MOST_LOSS = 100;

    /** What can be done. */
    enum Deed {
        CRASH,
        RESTART,
        PAUSE,
        RESUME,
        PARTITION,
        HEAL,
        LOSS;

        /** Its name in links and in JSON. */
        final String text = name().toLowerCase(Locale.ROOT);

        /** Whether it is done to certain nodes. */
        boolean meansNodes() {
            return this != HEAL && this != LOSS;
        }
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the field, the value and the rule
     */
    LabAction {
        nodes = List.copyOf(nodes);
        if (!(at >= 0 && at <= MOST_MILLIS)) {
            throw new IllegalArgumentException("at '" + Numbers.finite(at) + "': must be a time in milliseconds, 0 to "
                    + Numbers.text(MOST_MILLIS));
        }
        if (deed.meansNodes() == nodes.isEmpty()) {
            throw new IllegalArgumentException(deed.text
                    + (nodes.isEmpty() ? ": must name nodes" : " is done to no nodes in particular: must name none"));
        }
        if (deed == Deed.LOSS && !(value >= 0 && value <= MOST_LOSS)) {
            throw new IllegalArgumentException("loss '" + Numbers.finite(value) + "': must be 0 to 100, in percent");
        }
    }

    /**
     * An action from JSON: {@code {"at": 2500, "do": "crash", "nodes": [17, 18]}}.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    static LabAction of(String json) {
        return of(Json.object(json));
    }

    /**
     * Actions from a list in JSON.
     *
     * @throws IllegalArgumentException naming what is wrong, and in which of them
     */
    static List<LabAction> all(String json) {
        List<LabAction> actions = new ArrayList<>();
        for (Object each : Json.list(json)) {
            if (!(each instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException("actions[" + actions.size() + "]: must be an object");
            }
            Map<String, Object> said = new LinkedHashMap<>();
            map.forEach((name, value) -> said.put(String.valueOf(name), value));
            actions.add(of(said));
        }
        return actions;
    }

    private static LabAction of(Map<String, Object> said) {
        List<Integer> nodes = new ArrayList<>();
        if (said.get("nodes") instanceof List<?> list) {
            for (Object each : list) {
                nodes.add(node(each));
            }
        }
        Object at = said.get("at");
        if (!(at instanceof Double millis)) {
            throw new IllegalArgumentException("'at' is missing: must be a time in milliseconds");
        }
        double value = said.get("value") instanceof Double number ? number : 0;
        return new LabAction(millis, deed(String.valueOf(said.get("do"))), nodes, value);
    }

    private static int node(Object said) {
        if (said instanceof Double number && number >= 0 && number < Integer.MAX_VALUE && Numbers.whole(number)) {
            return number.intValue();
        }
        throw new IllegalArgumentException(
                "nodes: '" + Json.shortened(Json.of(said)) + "' is no node: must be a whole number from 0");
    }

    /**
     * The deed with that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Deed deed(String text) {
        List<String> names = new ArrayList<>();
        for (Deed each : Deed.values()) {
            if (each.text.equals(text)) {
                return each;
            }
            names.add(each.text);
        }
        throw new IllegalArgumentException("do '" + Json.shortened(text) + "': must be one of " + names);
    }

    /**
     * Checks that there are these nodes.
     *
     * @throws IllegalArgumentException naming the first that is not there
     */
    void check(int all) {
        for (int node : nodes) {
            if (node >= all) {
                throw new IllegalArgumentException(
                        deed.text + ": node " + node + " is not there: the nodes are 0 to " + (all - 1));
            }
        }
        if (deed == Deed.PARTITION && nodes.size() >= all) {
            throw new IllegalArgumentException("partition: all nodes are on one side: must leave some for the other");
        }
    }

    /** When, in virtual nanoseconds. */
    double nanos() {
        return Math.rint(at * 1e6);
    }

    /** For JSON. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("at", at);
        map.put("do", deed.text);
        map.put("nodes", nodes);
        map.put("value", value);
        return map;
    }
}
