package dev.hearsay.experiment.sweep;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The results of a sweep in one file, {@code results.json}: the plan, then a line for each run. No times, no machines. */
public final class ResultsJson {
    /** What the file begins with; it tells the results of a sweep from those of a single run. */
    public static final String FORMAT = "hearsay-sweep-results-1";

    private ResultsJson() {}

    /** Writes the file. */
    static void write(Results results, Path target) throws IOException {
        List<Point> points = results.plan().points();
        try (BufferedWriter out = Files.newBufferedWriter(target)) {
            out.write("{\n\"format\": \"" + FORMAT + "\",\n");
            out.write("\"plan\": " + Json.line(PlanJson.tree(results.plan())) + ",\n");
            out.write("\"fingerprint\": \"" + results.plan().fingerprint() + "\",\n");
            out.write("\"missing\": " + results.missing().size() + ",\n");
            out.write("\"failed\": " + results.failed() + ",\n\"runs\": [");
            String between = "\n";
            for (Row row : results.rows()) {
                ObjectNode tree = Json.object();
                tree.put("point", row.point());
                ObjectNode parameters = tree.putObject("parameters");
                points.get(row.point()).parameters().forEach(parameters::put);
                tree.put("seed", row.seed());
                out.write(between);
                out.write(Json.line(RowJson.rest(tree, row)));
                between = ",\n";
            }
            out.write("\n]\n}\n");
        }
    }

    /**
     * Reads such a file, row by row.
     *
     * @throws SweepException if it is not one; names the file, and the place in it
     */
    public static Results read(Path file) throws SweepException {
        Plan plan = null;
        String format = "";
        List<Row> rows = new ArrayList<>();
        try (JsonParser parser = Json.MAPPER.createParser(file.toFile())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new SweepException(file + " is not the results of a sweep");
            }
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (key.equals("format")) {
                    format = parser.getText();
                } else if (key.equals("plan")) {
                    plan = PlanJson.read(file.toString(), parser.<JsonNode>readValueAsTree());
                } else if (key.equals("runs") && value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        int line = parser.currentTokenLocation().getLineNr();
                        rows.add(row(file + ":" + line, parser.readValueAsTree()));
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JsonProcessingException e) {
            throw new SweepException(file + ":" + e.getLocation().getLineNr() + ": damaged: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new SweepException("cannot read " + file + ": " + e);
        }
        if (!format.equals(FORMAT) || plan == null) {
            throw new SweepException(file + " is not the results of a sweep in the form " + FORMAT);
        }
        int points = plan.points().size();
        for (Row row : rows) {
            if (row.point() < 0 || row.point() >= points) {
                throw new SweepException(file + " has a run at point " + row.point() + " of " + points);
            }
        }
        return new Results(plan, rows);
    }

    private static Row row(String place, JsonNode tree) throws SweepException {
        try {
            return RowJson.read(tree);
        } catch (SweepException e) {
            throw new SweepException(place + ": not a run: " + e.getMessage());
        }
    }
}
