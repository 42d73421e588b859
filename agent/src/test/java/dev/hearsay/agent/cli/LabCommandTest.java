package dev.hearsay.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.http.LabServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hearsay lab}: what it serves, what it writes, and what it says to wrong flags. */
class LabCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path temporary;

    private int run(String... args) {
        return new Cli(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(args);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anExportSaysWhatItWroteAndWhereToBegin() {
        Path folder = temporary.resolve("site");
        assertEquals(0, run("lab", "--export", folder.toString()), said());
        assertTrue(
                said().matches("(?s)\\d+ files, \\d+ KB \\(\\d+ KB compressed\\), are in \\Q" + folder
                        + "\\E\\.\nBegin at index\\.html.*"),
                said());
        assertTrue(Files.isRegularFile(folder.resolve("lib/d3.min.js")));
        assertFalse(Files.exists(folder.resolve("dashboard")));
    }

    @Test
    void anExportOverSomethingIsRefusedWithWhatToDo() throws IOException {
        Files.writeString(temporary.resolve("own.txt"), "mine");
        assertEquals(1, run("lab", "-export=" + temporary), said());
        assertTrue(
                said().contains("Error: cannot export: " + temporary
                        + " is not empty; name a new or an empty directory, or add -force"),
                said());
        assertEquals(0, run("lab", "-export=" + temporary, "-force"), said());
        assertTrue(Files.isRegularFile(temporary.resolve("own.txt")));
    }

    @Test
    void flagsThatDoNotGoTogetherAreRefused() {
        assertEquals(1, run("lab", "-force"));
        assertTrue(said().contains("-force goes with -export only"), said());
        assertEquals(1, run("lab", "-export=" + temporary.resolve("x"), "-no-open"));
        assertTrue(said().contains("-export serves nothing"), said());
        assertEquals(1, run("lab", "-http-addr=127.0.0.1:high"));
        assertTrue(said().contains("invalid value '127.0.0.1:high' for -http-addr: the port must be"), said());
        assertEquals(1, run("lab", "-export=" + temporary.resolve("x") + "\0"));
        assertTrue(said().contains("for -export"), said());
        assertFalse(Files.exists(temporary.resolve("x")));
    }

    @Test
    void anAddressThatIsTakenIsSaid() throws IOException {
        try (var taken = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String at = "127.0.0.1:" + taken.getLocalPort();
            assertEquals(1, run("lab", "-no-open", "-http-addr=" + at), said());
            assertTrue(said().contains("Error: cannot serve at " + at), said());
        }
    }

    @Test
    void whatIsServedIsTheSiteWithoutTheDashboardAndOnlyByItsOwnName() throws Exception {
        try (LabServer server = LabServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            String root = "http://127.0.0.1:" + server.address().getPort() + "/";
            HttpResponse<String> sheet = get(root + "common/base.css");
            assertEquals(200, sheet.statusCode());
            assertTrue(sheet.headers()
                    .firstValue("Content-Security-Policy")
                    .orElse("")
                    .contains("frame-ancestors 'none'"));
            assertEquals(200, get(root + "lib/d3.min.js").statusCode());
            for (String none : List.of("dashboard/index.html", "ui/", "v1/agent", "metrics", "common/", "nothing")) {
                assertEquals(404, get(root + none).statusCode(), none);
            }
            HttpResponse<String> post = client.send(
                    HttpRequest.newBuilder(URI.create(root))
                            .POST(BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(405, post.statusCode());
            assertTrue(raw(server, "/common/base.css", "evil.example").startsWith("HTTP/1.1 403 "));
            assertTrue(raw(server, "/../common/base.css", "localhost").startsWith("HTTP/1.1 40"));
            assertTrue(raw(server, "/common/%2e%2e/lib/d3.min.js", "localhost").startsWith("HTTP/1.1 404 "));
        }
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String raw(LabServer server, String path, String host) throws IOException {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
