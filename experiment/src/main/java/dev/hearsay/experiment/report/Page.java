package dev.hearsay.experiment.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The frame of every page: style, D3, scripts and data within it, and a policy (CSP) that forbids it to ask for anything else or to run
 * any other script.
 */
public final class Page {
    private static final Pattern HOLE = Pattern.compile("\\{\\{(\\w+)}}");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Page() {}

    /**
     * Writes a page.
     *
     * @param title plain text
     * @param header HTML, as {@link Html} makes it
     * @param sections HTML likewise
     * @param data what the scripts draw, as Jackson writes it
     * @param scripts names of files beside this class, in the order in which they are put together
     */
    public static void write(
            Appendable out, String title, String header, String sections, Object data, String... scripts)
            throws IOException {
        String style = resource("report.css");
        String d3 = webJar("d3.min.js");
        StringBuilder script = new StringBuilder();
        for (String name : scripts) {
            script.append(resource(name));
        }
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                "policy",
                "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src " + hash(style)
                        + "; script-src " + hash(d3) + " " + hash(script.toString()));
        parts.put("title", Html.escape(title));
        parts.put("style", style);
        parts.put("sections", sections);
        parts.put("header", header);
        // Within a script element a browser looks for its end, and for a comment, in texts too.
        parts.put("data", JSON.writeValueAsString(data).replace("<", "\\u003c").replace(">", "\\u003e"));
        parts.put("license", webJar("LICENSE").strip());
        parts.put("d3", d3);
        parts.put("script", script.toString());
        fill(resource("report.html"), parts, out);
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
        return read(Page.class.getResourceAsStream(name), name);
    }

    private static String webJar(String name) {
        Properties jar = new Properties();
        try (InputStream in = Page.class.getResourceAsStream("webjar.properties")) {
            jar.load(Objects.requireNonNull(in, "webjar.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String path = jar.getProperty("folder") + "/" + name;
        return read(Page.class.getClassLoader().getResourceAsStream(path), path);
    }

    private static String read(@Nullable InputStream stream, String name) {
        try (InputStream in = Objects.requireNonNull(stream, name + " is not in the jar")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
