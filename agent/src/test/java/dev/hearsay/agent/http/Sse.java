package dev.hearsay.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events as a browser does: the fields of one event end with an empty line. */
final class Sse implements AutoCloseable {
    private final BufferedReader lines;
    /** What a client would send as Last-Event-ID. */
    String lastId = "";

    /**
     * An event.
     *
     * @param kind its name
     * @param data the JSON in it
     */
    record Told(String id, String kind, JsonNode data) {}

    Sse(InputStream in) {
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** Opens a stream; returns once the server has begun it. */
    static Sse open(HttpClient client, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = client.send(
                request.header("Accept", "text/event-stream").build(), HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        assertEquals(
                "text/event-stream;charset=utf-8",
                answer.headers().firstValue("Content-Type").orElse(""));
        Sse stream = new Sse(answer.body());
        assertEquals("retry: 2000", stream.lines.readLine());
        assertEquals("", stream.lines.readLine());
        return stream;
    }

    /** The next event that has data; null at the end. */
    @Nullable Told next() throws IOException {
        String kind = "";
        String data = null;
        while (true) {
            String line = lines.readLine();
            if (line == null) {
                return null;
            }
            if (line.isEmpty() && data != null) {
                return new Told(lastId, kind, Site.JSON.readTree(data));
            }
            if (line.startsWith("id: ")) {
                lastId = line.substring(4);
            } else if (line.startsWith("event: ")) {
                kind = line.substring(7);
            } else if (line.startsWith("data: ")) {
                assertEquals(null, data, "the data is one line");
                data = line.substring(6);
            }
        }
    }

    /** The next line as it is. */
    String line() throws IOException {
        return lines.readLine();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
