package dev.hearsay.experiment.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearsay.experiment.run.Incident;
import dev.hearsay.experiment.run.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A result as one page that needs nothing besides itself: opened from a disk or sent by mail, it asks no server for anything,
 * and its policy (CSP) forbids that, and every script but its own two. What is to be read stands in the page; scripts only draw.
 */
public final class HtmlReport {
    private static final Pattern HOLE = Pattern.compile("\\{\\{(\\w+)}}");

    private static final ObjectMapper JSON = new ObjectMapper();

    private HtmlReport() {}

    /** Writes the page. */
    public static void write(RunResult result, Appendable out) throws IOException {
        PageSections sections = new PageSections(result);
        String style = resource("report.css");
        String d3 = webJar("d3.min.js");
        String script = resource("data.js") + resource("plots.js") + resource("page.js");
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                "policy",
                "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src " + hash(style)
                        + "; script-src " + hash(d3) + " " + hash(script));
        parts.put("title", Html.escape(result.scenario() + ", seed " + result.seed() + " – Hearsay"));
        parts.put("style", style);
        parts.put("sections", sections.sections());
        parts.put("header", sections.header());
        parts.put("data", data(result, sections.plots()));
        parts.put("license", webJar("LICENSE").strip());
        parts.put("d3", d3);
        parts.put("script", script);
        fill(resource("report.html"), parts, out);
    }

    /** What the script draws. */
    private static String data(RunResult result, List<Plot> plots) throws JsonProcessingException {
        List<Map<String, Object>> faults = result.faults().stream()
                .filter(fault -> Double.isFinite(fault.seconds()))
                .map(HtmlReport::fault)
                .toList();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("plots", plots);
        data.put("faults", faults);
        // Within a script element a browser looks for its end, and for a comment, in texts too.
        return JSON.writeValueAsString(data).replace("<", "\\u003c").replace(">", "\\u003e");
    }

    private static Map<String, Object> fault(Incident fault) {
        return Map.of("at", fault.seconds(), "text", fault.text());
    }

    /** Puts the parts into the page; what looks like a hole within a part is none. */
    private static void fill(String page, Map<String, String> parts, Appendable out) throws IOException {
        Matcher hole = HOLE.matcher(page);
        int end = 0;
        while (hole.find()) {
            out.append(page, end, hole.start());
            out.append(Objects.requireNonNull(parts.get(hole.group(1)), hole.group()));
            end = hole.end();
        }
        out.append(page, end, page.length());
    }

    /** How a policy names a script or a style: only these very bytes are run. */
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String resource(String name) {
        return read(HtmlReport.class.getResourceAsStream(name), name);
    }

    private static String webJar(String name) {
        Properties jar = new Properties();
        try (InputStream in = HtmlReport.class.getResourceAsStream("webjar.properties")) {
            jar.load(Objects.requireNonNull(in, "webjar.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String path = jar.getProperty("folder") + "/" + name;
        return read(HtmlReport.class.getClassLoader().getResourceAsStream(path), path);
    }

    private static String read(@Nullable InputStream stream, String name) {
        try (InputStream in = Objects.requireNonNull(stream, name + " is not in the jar")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
