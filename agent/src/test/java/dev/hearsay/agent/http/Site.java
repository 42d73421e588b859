package dev.hearsay.agent.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearsay.agent.FakeCluster;
import dev.hearsay.agent.HostPort;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A server on a free loopback port, and somebody who asks it. */
final class Site implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final FakeCluster cluster;
    final FakeHost host;
    final HttpServer server;
    final HttpClient client = HttpClient.newHttpClient();

    /**
     * An answer.
     *
     * @param json the body as JSON
     */
    record Answer(HttpResponse<String> response, JsonNode json) {
        int status() {
            return response.statusCode();
        }

        String error() {
            return json.at("/error/code").asText();
        }

        String message() {
            return json.at("/error/message").asText();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** In front of the cluster of the captured sessions. */
    Site() throws IOException {
        this(HttpLimits.DEFAULTS);
    }

    Site(HttpLimits limits) throws IOException {
        this(FakeCluster.captured(), limits);
    }

    /** In front of a cluster that shares that state. */
    Site(State state, HttpLimits limits) throws IOException {
        this(sharing(state), limits);
    }

    private static FakeCluster sharing(State state) {
        FakeCluster cluster = FakeCluster.captured();
        cluster.state = state;
        return cluster;
    }

    private Site(FakeCluster cluster, HttpLimits limits) throws IOException {
        this.cluster = cluster;
        this.host = new FakeHost(cluster);
        this.server = start(cluster, host, limits);
    }

    static HttpServer start(Cluster cluster, HttpServer.Host host, HttpLimits limits) throws IOException {
        return HttpServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), cluster, host, limits);
    }

    HttpRequest.Builder request(String path) {
        return request(server, path);
    }

    static HttpRequest.Builder request(HttpServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://" + HostPort.of(server.address()) + path))
                .timeout(PATIENCE);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    Answer post(String path, String json) throws IOException, InterruptedException {
        return send(with(request(path), "POST", json));
    }

    static HttpRequest.Builder with(HttpRequest.Builder request, String method, String json) {
        return request.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json));
    }

    Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response, JSON.readTree(response.body()));
    }

    /** What the server says to these bytes, until it closes the connection or has said a line that begins so. */
    String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The lines of {@code /metrics}. */
    String metrics() throws IOException, InterruptedException {
        return client.send(request("/metrics").build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        server.close();
    }
}
