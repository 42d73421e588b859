package dev.hearsay.experiment.report;

import dev.hearsay.experiment.run.RunResult;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder with everything about one run. What is written again replaces what an earlier run wrote; a folder in which somebody
 * keeps other things is refused.
 */
public final class ResultFolder {
    /** The result, as {@link JsonResult} reads it. */
    public static final String RESULT = "result.json";
    /** The scenario that was run. */
    public static final String SCENARIO = "scenario.yaml";
    /** The page for people. */
    public static final String REPORT = "report.html";

    /** A file is written under another name first, so that an interrupted run leaves no half of one. */
    private static final String UNFINISHED = ".part";

    private static final Map<String, Content> FILES = files();

    private final Path folder;

    private interface Content {
        void write(RunResult result, OutputStream out) throws IOException;
    }

    private interface Text {
        void write(RunResult result, Writer out) throws IOException;
    }

    private ResultFolder(Path folder) {
        this.folder = folder;
    }

    private static Map<String, Content> files() {
        Map<String, Content> files = new LinkedHashMap<>();
        files.put(REPORT, text(HtmlReport::write));
        files.put(RESULT, JsonResult::write);
        files.put(SCENARIO, text((result, out) -> out.append(result.text())));
        files.put("metrics.csv", text(Csv::metrics));
        files.put("series.csv", text(Csv::series));
        files.put("samples.csv", text(Csv::samples));
        files.put("infections.csv", text(Csv::infections));
        return files;
    }

    private static Content text(Text text) {
        return (result, out) -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            text.write(result, writer);
            writer.flush();
        };
    }

    /** The names of the files, the one for people first. */
    public static List<String> names() {
        return List.copyOf(FILES.keySet());
    }

    /**
     * A folder for a result, to be asked for before the run. It is made if it does not exist.
     *
     * @throws ResultException if it is no folder, or there is something in it that no run wrote
     * @throws IOException if it cannot be made, read or written
     */
    public static ResultFolder at(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new ResultException(folder + " is a file: a folder for the result is needed");
        }
        Files.createDirectories(folder);
        try (Stream<Path> there = Files.list(folder)) {
            String foreign = there.map(path -> path.getFileName().toString())
                    .filter(name -> !FILES.containsKey(name.replaceFirst("\\" + UNFINISHED + "$", "")))
                    .sorted()
                    .limit(3)
                    .collect(Collectors.joining(", "));
            if (!foreign.isEmpty()) {
                throw new ResultException(
                        folder + " has other files (" + foreign + "): name a new folder, or one with a result only");
            }
        }
        if (!Files.isWritable(folder)) {
            throw new ResultException(folder + " cannot be written to");
        }
        return new ResultFolder(folder);
    }

    /** Writes all files. */
    public void write(RunResult result) throws IOException {
        for (Map.Entry<String, Content> file : FILES.entrySet()) {
            Path part = folder.resolve(file.getKey() + UNFINISHED);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                file.getValue().write(result, out);
            }
            Files.move(part, folder.resolve(file.getKey()), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
