package dev.hearsay.examples.alertmanager;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Alertmanager in a process of its own, on a loopback address of its own, with nothing to alert anybody of. */
final class Alertmanager extends Program {
    private static final String BINARY = "prometheus-alertmanager";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern ID = Pattern.compile("\"silenceID\":\"([^\"]+)\"");
    private static final Pattern NAME = Pattern.compile("\"cluster\":\\{\"name\":\"([^\"]+)\"");

    private static final Pattern HEARD =
            Pattern.compile("alertmanager_cluster_messages_received_total\\{msg_type=\"update\"} (\\S+)");

    private final String host;

    private Alertmanager(Path folder, String host, List<String> command) throws IOException {
        super(folder, command);
        this.host = host;
    }

    static boolean installed() {
        for (String dir : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(dir, BINARY))) {
                return true;
            }
        }
        return false;
    }

    /** Starts one that knows of no silence and joins those peers, and waits until it answers. */
    static Alertmanager start(Path folder, String host, String... peers) throws IOException, InterruptedException {
        Path config = folder.resolve("alertmanager.yml");
        Files.writeString(config, "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
        List<String> command = new ArrayList<>(List.of(
                BINARY,
                "--config.file=" + config,
                "--storage.path=" + Files.createTempDirectory(folder, "storage"),
                "--web.listen-address=" + host + ":9093",
                "--cluster.listen-address=" + host + ":9094",
                "--cluster.settle-timeout=1s",
                "--log.level=debug"));
        for (String peer : peers) {
            command.add("--cluster.peer=" + peer + ":9094");
        }
        Alertmanager alertmanager = new Alertmanager(folder, host, command);
        try {
            Await.until(
                    "Alertmanager answers",
                    () -> !alertmanager.running() || !alertmanager.name().isEmpty());
            if (!alertmanager.running()) {
                throw new AssertionError("Alertmanager has stopped");
            }
        } catch (AssertionError e) {
            alertmanager.kill();
            throw new AssertionError("Alertmanager said:\n" + alertmanager.output(), e);
        }
        return alertmanager;
    }

    /** The name it gave itself. */
    String name() throws IOException, InterruptedException {
        Matcher name = NAME.matcher(get("status"));
        return name.find() ? name.group(1) : "";
    }

    /** Whether its status lists that peer, at that host. */
    boolean lists(String peer, String at) throws IOException, InterruptedException {
        return get("status").contains("{\"address\":\"" + at + ":9094\",\"name\":\"" + peer + "\"}");
    }

    /** Whether it knows a silence of that id in that state. */
    boolean has(String silence, String state) throws IOException, InterruptedException {
        String found = get("silence/" + silence);
        return found.contains("\"id\":\"" + silence + "\"") && found.contains("\"state\":\"" + state + "\"");
    }

    /** How many user messages it has heard. */
    long messages() throws IOException, InterruptedException {
        Matcher count = HEARD.matcher(send(HttpRequest.newBuilder(URI.create("http://" + host + ":9093/metrics"))));
        return count.find() ? (long) Double.parseDouble(count.group(1)) : 0;
    }

    /** Silences alerts for a job until 2100; returns the silence's id. */
    String silence(String job, String comment) throws IOException, InterruptedException {
        String body = "{\"matchers\":[{\"name\":\"job\",\"value\":\"" + job + "\",\"isRegex\":true}],"
                + "\"startsAt\":\"2026-01-01T00:00:00Z\",\"endsAt\":\"2100-01-01T00:00:00Z\","
                + "\"createdBy\":\"tester\",\"comment\":\"" + comment + "\"}";
        Matcher id = ID.matcher(send(request("silences")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))));
        if (!id.find()) {
            throw new AssertionError("no silence was made");
        }
        return id.group(1);
    }

    /** Ends a silence before its time. */
    void expire(String silence) throws IOException, InterruptedException {
        send(request("silence/" + silence).DELETE());
    }

    private String get(String what) throws IOException, InterruptedException {
        return send(request(what).GET());
    }

    private HttpRequest.Builder request(String what) {
        return HttpRequest.newBuilder(URI.create("http://" + host + ":9093/api/v2/" + what))
                .timeout(Duration.ofSeconds(20));
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString()).body();
    }
}
