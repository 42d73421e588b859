package dev.hearsay.experiment.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A plan as JSON: the file {@code sweep.json}, and the head of {@code results.json}. */
final class PlanJson {
    /** What the files are written in; another number is another form. */
    static final String FORMAT = "hearsay-sweep-1";

    private PlanJson() {}

    /** The form that is hashed. */
    static String canonical(Plan plan) {
        return Json.line(tree(plan));
    }

    /** The content of {@code sweep.json}. */
    static String file(Plan plan) {
        ObjectNode tree = tree(plan);
        tree.put("fingerprint", plan.fingerprint());
        return Json.pretty(tree) + "\n";
    }

    static ObjectNode tree(Plan plan) {
        ObjectNode tree = Json.object();
        tree.put("format", FORMAT);
        tree.put("scenario", plan.scenario());
        tree.put("seeds", plan.seeds().show());
        ArrayNode axes = tree.putArray("vary");
        for (Axis axis : plan.axes()) {
            ObjectNode node = axes.addObject();
            node.put("path", axis.path());
            ArrayNode values = node.putArray("values");
            axis.values().forEach(values::add);
        }
        tree.put("text", plan.text());
        return tree;
    }

    /**
     * Reads what {@link #tree} made.
     *
     * @param place the file, for errors
     */
    static Plan read(String place, JsonNode tree) throws SweepException {
        String format = tree.path("format").asText();
        if (!format.equals(FORMAT)) {
            throw new SweepException(place + " is not in the form " + FORMAT
                    + (format.isEmpty() ? "" : " but in " + format) + ": it is not of a sweep, or of another release");
        }
        List<Axis> axes = new ArrayList<>();
        for (JsonNode axis : tree.path("vary")) {
            List<String> values = new ArrayList<>();
            axis.path("values").forEach(value -> values.add(value.asText()));
            axes.add(new Axis(Json.text(place, axis, "path"), values));
        }
        Plan plan = Plan.of(
                Json.text(place, tree, "scenario"),
                Json.text(place, tree, "text"),
                axes,
                Seeds.parse(Json.text(place, tree, "seeds")));
        String fingerprint = tree.path("fingerprint").asText();
        if (!fingerprint.isEmpty() && !fingerprint.equals(plan.fingerprint())) {
            throw new SweepException(place + " was changed by hand: its fingerprint is that of another sweep");
        }
        return plan;
    }
}
