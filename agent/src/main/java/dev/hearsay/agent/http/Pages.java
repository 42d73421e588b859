package dev.hearsay.agent.http;

import dev.hearsay.web.Site;
import dev.hearsay.web.SiteFile;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves pages: files of the {@link Site} below one path, with what keeps a browser from running anything else. They hold no
 * secret and do nothing, so they are there without a token; what they show, they ask for. Thread-safe.
 */
final class Pages {
    /** The methods that pages have, as the header {@code Allow} lists them. */
    static final String METHODS = "GET, HEAD";

    /** A page may run, show and ask for what comes from its own server, and nothing else may show the page. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Names in a path in which nothing can be written in a second way, or has a meaning of its own. */
    private static final Pattern PLAIN = Pattern.compile("([A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*(/(?=.)|$))*");

    private final Site site;
    private final String root;
    private final UnaryOperator<String> place;

    /**
     * Pages below a path.
     *
     * @param root the path, with a slash at both ends
     * @param place where in the site a file stands, by its path below the root
     */
    private Pages(Site site, String root, UnaryOperator<String> place) {
        this.site = site;
        this.root = root;
        this.place = place;
    }

    /** What an agent shows of itself, at {@code /ui/}. */
    static Pages dashboard(Site site) {
        return new Pages(
                site,
                "/ui/",
                path -> path.startsWith("common/") || path.startsWith("lib/") ? path : Site.DASHBOARD + path);
    }

    /** Explainer and lab, at the root: everything but the dashboard, which needs an agent. */
    static Pages lab(Site site) {
        return new Pages(site, "/", path -> path.startsWith(Site.DASHBOARD) ? "" : path);
    }

    void addTo(JavalinConfig config) {
        for (HandlerType method : List.of(HandlerType.GET, HandlerType.HEAD)) {
            config.routes.addHttpHandler(method, "/", this::serve);
            config.routes.addHttpHandler(method, root + "<path>", this::serve);
            if (!root.equals("/")) {
                config.routes.addHttpHandler(method, root.substring(0, root.length() - 1), this::serve);
            }
        }
    }

    /** Whether that is asked for as pages are. What is written differently is no page, and needs the token. */
    boolean has(Context context) {
        String uri = context.req().getRequestURI();
        return leadsHere(uri)
                || (uri.startsWith(root)
                        && PLAIN.matcher(uri.substring(root.length())).matches());
    }

    /** Whether that is above the root. */
    private boolean leadsHere(String uri) {
        return uri.length() < root.length() && (uri.equals("/") || root.equals(uri + "/"));
    }

    private void serve(Context context) throws IOException, Problem {
        context.req().setAttribute(RequestGate.ROUTE, root);
        String uri = context.req().getRequestURI();
        if (leadsHere(uri)) {
            // Relative, so that it is right behind a proxy that has the agent below a path of its own.
            context.header("Location", root.substring(1));
            Call.reply(context.res(), 302, Route.TEXT, new byte[0]);
            return;
        }
        String path = has(context) ? uri.substring(root.length()) : "..";
        SiteFile file = site.find(place.apply(path.isEmpty() ? "index.html" : path));
        if (file == null) {
            throw new Problem(404, "no_such_page", "there is no page at " + uri, null);
        }
        reply(context, file);
    }

    private static void reply(Context context, SiteFile file) throws IOException {
        HttpServletResponse response = context.res();
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        // Kept, and asked for each time: after an update of the agent nobody has a page of two releases.
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", file.etag());
        response.setHeader("Vary", "Accept-Encoding");
        if (lists(context.header("If-None-Match"), file.etag())) {
            response.setStatus(304);
            response.flushBuffer();
            return;
        }
        boolean compressed = file.compressible() && lists(context.header("Accept-Encoding"), "gzip");
        if (compressed) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setStatus(200);
        response.setContentType(file.type());
        response.setContentLength(compressed ? file.compressedSize() : file.size());
        OutputStream out = response.getOutputStream();
        if (compressed) {
            file.writeCompressedTo(out);
        } else {
            file.writeTo(out);
        }
        response.flushBuffer();
    }

    /** Whether a header lists that, and not only to say that it is not wanted ({@code q=0}). */
    private static boolean lists(@Nullable String header, String wanted) {
        return header != null
                && Arrays.stream(header.split(",", -1))
                        .map(part -> part.replace(" ", ""))
                        .anyMatch(part -> part.equals(wanted)
                                || (part.startsWith(wanted + ";")
                                        && !part.toLowerCase(Locale.ROOT).matches(".*;q=0(\\.0*)?")));
    }
}
