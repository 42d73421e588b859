package dev.hearsay.agent.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.web.SiteFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The files below {@code /ui/}: what they come with, and what is no file. */
class ServedPagesTest {
    private Site site;

    @BeforeEach
    void start() throws IOException {
        site = new Site();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private HttpResponse<byte[]> get(HttpRequest.Builder request) throws IOException, InterruptedException {
        return site.client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static byte[] file(String path) throws IOException {
        SiteFile file = new dev.hearsay.web.Site().find(path);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.writeTo(out);
        return out.toByteArray();
    }

    @Test
    void theWayToTheDashboardIsShort() throws Exception {
        for (String path : List.of("/", "/ui")) {
            HttpResponse<byte[]> answer = get(site.request(path));
            assertEquals(302, answer.statusCode(), path);
            assertEquals("ui/", header(answer, "Location"), path);
        }
        HttpResponse<byte[]> page = get(site.request("/ui/"));
        assertEquals(200, page.statusCode());
        assertEquals("text/html;charset=utf-8", header(page, "Content-Type"));
        assertArrayEquals(file("dashboard/index.html"), page.body());
        assertArrayEquals(page.body(), get(site.request("/ui/index.html?x=1")).body());
        assertArrayEquals(
                file("common/base.css"),
                get(site.request("/ui/common/base.css")).body());
        assertArrayEquals(
                file("lib/d3.min.js"), get(site.request("/ui/lib/d3.min.js")).body());
    }

    @Test
    void aPageMayRunOnlyWhatItsAgentHasAndNobodyMayFrameIt() throws Exception {
        HttpResponse<byte[]> page = get(site.request("/ui/"));
        List<String> policy = List.of(header(page, "Content-Security-Policy").split("; ", -1));
        assertTrue(
                policy.containsAll(List.of(
                        "default-src 'none'",
                        "script-src 'self'",
                        "style-src 'self'",
                        "connect-src 'self'",
                        "base-uri 'none'",
                        "form-action 'none'",
                        "frame-ancestors 'none'")),
                policy.toString());
        assertFalse(policy.toString().contains("unsafe"), policy.toString());
        assertEquals("nosniff", header(page, "X-Content-Type-Options"));
        assertEquals("no-referrer", header(page, "Referrer-Policy"));
        assertEquals("", header(page, "Access-Control-Allow-Origin"));
    }

    @Test
    void whatABrowserHasIsNotSentAgain() throws Exception {
        HttpResponse<byte[]> first = get(site.request("/ui/lib/d3.min.js"));
        assertEquals("no-cache", header(first, "Cache-Control"));
        String tag = header(first, "ETag");
        for (String known : List.of(tag, "\"other\", " + tag)) {
            HttpResponse<byte[]> again = get(site.request("/ui/lib/d3.min.js").header("If-None-Match", known));
            assertEquals(304, again.statusCode(), known);
            assertEquals(0, again.body().length);
            assertEquals(tag, header(again, "ETag"));
        }
        assertEquals(
                200,
                get(site.request("/ui/lib/d3.min.js").header("If-None-Match", "\"other\""))
                        .statusCode());
    }

    @Test
    void textIsCompressedForWhoeverUnderstandsIt() throws Exception {
        byte[] plain = file("lib/d3.min.js");
        for (String accept : List.of("gzip", "br, gzip;q=0.5", "deflate,gzip")) {
            HttpResponse<byte[]> answer = get(site.request("/ui/lib/d3.min.js").header("Accept-Encoding", accept));
            assertEquals("gzip", header(answer, "Content-Encoding"), accept);
            assertEquals("Accept-Encoding", header(answer, "Vary"));
            assertTrue(answer.body().length < plain.length / 2, accept);
            assertArrayEquals(plain, new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes());
        }
        for (String accept : List.of("identity", "br", "gzip;q=0", "gzip; q=0.0")) {
            HttpResponse<byte[]> answer = get(site.request("/ui/lib/d3.min.js").header("Accept-Encoding", accept));
            assertEquals("", header(answer, "Content-Encoding"), accept);
            assertArrayEquals(plain, answer.body());
        }
    }

    @Test
    void aHeadHasNoBodyAndOtherMethodsAreRefused() throws Exception {
        HttpResponse<byte[]> head = get(site.request("/ui/common/base.css").method("HEAD", BodyPublishers.noBody()));
        assertEquals(200, head.statusCode());
        assertEquals(Integer.toString(file("common/base.css").length), header(head, "Content-Length"));
        assertEquals(0, head.body().length);
        HttpResponse<byte[]> post = get(site.request("/ui/").POST(BodyPublishers.noBody()));
        assertEquals(405, post.statusCode());
        assertEquals("GET, HEAD", header(post, "Allow"));
    }

    @Test
    void aPathThatIsWrittenInAnyOtherWayLeadsNowhereAndIsCounted() throws Exception {
        List<String> wrong = List.of(
                "/ui/../v1/agent",
                "/ui/../common/base.css",
                "/ui/%2e%2e/common/base.css",
                "/ui/..%2fcommon/base.css",
                "/ui/common/../common/base.css",
                "/ui/common/..%5cbase.css",
                "/ui/%62ase.css",
                "/ui/common/%62ase.css",
                "/ui//index.html",
                "/ui/./index.html",
                "/ui/index.html;x=1",
                "/ui/index.html/",
                "/ui/common",
                "/ui/common/",
                "/ui/lib/",
                "/ui/dashboard/index.html",
                "/ui/webjar.properties",
                "/ui/META-INF/MANIFEST.MF",
                "/ui/dev/hearsay/agent/Main.class");
        for (String path : wrong) {
            String said = raw(path, "localhost");
            assertTrue(said.startsWith("HTTP/1.1 404 "), path + said);
            assertTrue(said.contains("\"code\":\"no_such_page\""), path + said);
        }
        for (String path : List.of(
                "/ui/../../../../etc/passwd", "/ui/..\\..\\etc", "/ui/%00", "/ui/index.html%00.css", "/ui/%zz")) {
            String said = raw(path, "localhost");
            assertTrue(said.startsWith("HTTP/1.1 400 ") || said.startsWith("HTTP/1.1 404 "), path + said);
        }
        assertTrue(
                site.metrics().contains("hearsay_http_refused_total{code=\"no_such_page\"} " + wrong.size() + ".0\n"),
                site.metrics());
    }

    @Test
    void aPageNeedsNoTokenAndWhatItAsksForDoes() throws Exception {
        site.host.token = "0123456789abcdef";
        assertEquals(200, get(site.request("/ui/")).statusCode());
        assertEquals(302, get(site.request("/")).statusCode());
        assertEquals(200, get(site.request("/ui/lib/d3.min.js")).statusCode());
        for (String path : List.of("/v1/agent", "/v1/members", "/v1/figures", "/v1/stream", "/metrics", "/nothing")) {
            assertEquals(401, get(site.request(path)).statusCode(), path);
        }
        assertEquals(
                401,
                get(site.request("/v1/members").header("Authorization", "Bearer 0123456789abcdeF"))
                        .statusCode());
        for (String path : List.of(
                "/ui/../v1/agent",
                "/ui/%2e%2e/v1/agent",
                "/ui/..;/v1/agent",
                "/ui//../v1/agent",
                "//v1/agent",
                "/%2e/v1/agent")) {
            String said = raw(path, "localhost");
            assertTrue(said.startsWith("HTTP/1.1 40"), path + said);
            assertFalse(said.contains("incarnation"), path + said);
        }
    }

    @Test
    void aNameOfElsewhereThatPointsHereGetsNoPage() throws Exception {
        for (String path : List.of("/", "/ui", "/ui/", "/ui/lib/d3.min.js")) {
            String said = raw(path, "evil.example");
            assertTrue(said.startsWith("HTTP/1.1 403 "), path + said);
            assertTrue(said.contains("host_not_allowed"), said);
        }
    }

    @Test
    void aPageOfElsewhereCannotHaveAnythingDone() throws Exception {
        for (String origin : List.of("http://evil.example", "null", "http://localhost:1")) {
            for (String command : List.of("/v1/events", "/v1/leave", "/v1/queries", "/v1/members/real2/force-leave")) {
                Site.Answer answer = site.send(
                        Site.with(site.request(command).header("Origin", origin), "POST", "{\"name\":\"x\"}"));
                assertEquals(403, answer.status(), origin + command);
                assertEquals("cross_origin", answer.error());
            }
            Site.Answer put = site.send(
                    Site.with(site.request("/v1/state/maps/m/k").header("Origin", origin), "PUT", "{\"value\":\"x\"}"));
            assertEquals("cross_origin", put.error());
        }
        assertEquals(List.of(), site.cluster.done);
    }

    private String raw(String path, String host) throws IOException {
        return site.raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }
}
