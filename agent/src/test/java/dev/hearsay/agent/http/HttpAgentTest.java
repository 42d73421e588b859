package dev.hearsay.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearsay.agent.AgentProcess;
import dev.hearsay.agent.Await;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real agents with HTTP: their settings, their start and end, and the examples of the page for operators. */
@EnabledOnOs(OS.LINUX)
class HttpAgentTest {
    private static final String NET = "127.0.71.";
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    @EnabledIf("curlInstalled")
    void theExamplesOfThePageForOperatorsDoWhatItSays() throws Exception {
        String page = Files.readString(docs().resolve("http-api.md"));
        Matcher block = Pattern.compile("(?ms)^```sh\\n(.*?)^```").matcher(page);
        List<String> commands = new ArrayList<>();
        while (block.find()) {
            commands.addAll(block.group(1)
                    .lines()
                    .filter(line -> line.startsWith("curl"))
                    .toList());
        }
        assertTrue(commands.size() > 10, commands.toString());
        try (AgentProcess one = start("orders-1", 1, "-tag", "role=orders", "-event-handler=query:load=echo 7");
                AgentProcess two = start("orders-2", 2, "-join=" + NET + 1)) {
            Await.until(
                    "both are there",
                    BOUND,
                    () -> one.members().size() == 2 && two.members().size() == 2);
            Await.until(
                    "coordinates are known",
                    BOUND,
                    () -> get(1, "/v1/rtt?from=orders-2").statusCode() == 200);
            for (String command : commands) {
                if (!command.contains("/leave")) {
                    run(command, 0);
                }
            }
            String leave = commands.stream()
                    .filter(c -> c.contains("/v1/leave"))
                    .findFirst()
                    .orElseThrow();
            run(leave, 0);
            assertEquals(0, one.exitCode(), one.log());
            Await.until(
                    "the other has seen it leave",
                    BOUND,
                    () -> two.view("orders-1").startsWith("left"));
        }
    }

    @Test
    void anAddressThatOthersCanReachNeedsAToken() throws Exception {
        String said = fails("-http-addr=0.0.0.0:7474");
        assertTrue(
                said.contains("invalid value '0.0.0.0:7474' for -http-addr: an address that others can reach needs a "
                        + "token: set -http-token-file or -http-token"),
                said);
        Path file = Files.writeString(folder.resolve("token"), "too short\n");
        said = fails("-http-token-file=" + file);
        assertTrue(said.contains("-http-token-file: a token has 16 to 1024 characters"), said);
        assertFalse(said.contains("too short"), said);
        said = fails("-http-token=0123456789 abcdef");
        assertTrue(said.contains("invalid value for -http-token: a token has"), said);
        said = fails("-http-token=0123456789abcdef", "-http-token-file=" + file);
        assertTrue(said.contains("-http-token and -http-token-file exclude each other"), said);
    }

    @Test
    void anAddressThatIsTakenEndsTheStartAndSaysWhatToDo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName(NET + 3))) {
            String said = fails("-http-addr=" + NET + "3:" + taken.getLocalPort());
            assertTrue(said.contains("address already in use. Choose another address with -http-addr, or none"), said);
        }
    }

    @Test
    void theTokenOfAFileCountsAndASignalReadsItAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "first-token-of-this-test\n");
        try (AgentProcess agent = start("a", 4, "-http-token-file=" + file)) {
            assertEquals(401, get(4, "/v1/health").statusCode());
            assertEquals(200, get(4, "/v1/health", "first-token-of-this-test").statusCode());
            Files.writeString(file, "second-token-of-this-test");
            agent.signal("HUP");
            Await.until(
                    "the new one counts",
                    BOUND,
                    () -> get(4, "/v1/health", "second-token-of-this-test").statusCode() == 200);
            assertEquals(401, get(4, "/v1/health", "first-token-of-this-test").statusCode());
            Await.until("the log says so", BOUND, () -> agent.log().contains("Reloaded: the token for HTTP"));
            assertFalse(agent.log().contains("second-token"), agent.log());
        }
    }

    @Test
    void anAgentThatTriesToJoinIsLiveAndNotReadyUntilSomebodyAnswers() throws Exception {
        try (AgentProcess late = start("late", 5, "-retry-join=" + NET + 6, "-retry-interval=1s")) {
            JsonNode health = Site.JSON.readTree(get(5, "/v1/health").body());
            assertTrue(health.get("live").asBoolean());
            assertFalse(health.get("ready").asBoolean());
            try (AgentProcess seed = start("seed", 6)) {
                Await.until("it has joined", BOUND, () -> get(5, "/v1/health").statusCode() == 200);
                assertTrue(late.log().contains("HTTP addr: '" + NET + "5:7474'"), late.log());
                assertEquals(2, seed.members().size());
            }
        }
    }

    @Test
    void aShortCommandLoadsNothingOfIt() throws Exception {
        try (AgentProcess agent = AgentProcess.startHearsay("a", NET + 7)) {
            List<String> command = AgentProcess.hearsay("members", "-rpc-addr=" + agent.rpc());
            command.add(1, "-Xlog:class+load");
            String loaded = output(command, 0);
            assertTrue(loaded.contains("dev.hearsay.agent.cli.MembersCommand"), "the log lists classes");
            for (String name : List.of("javalin", "jetty", "kotlin", "databind", "micrometer", "agent.http")) {
                assertFalse(loaded.contains(name + "."), name);
            }
        }
    }

    static boolean curlInstalled() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, "curl")));
    }

    private static AgentProcess start(String name, int host, String... more) throws IOException {
        List<String> flags = new ArrayList<>(List.of("-http-addr=" + NET + host + ":7474"));
        flags.addAll(List.of(more));
        return AgentProcess.startHearsay(name, NET + host, flags.toArray(new String[0]));
    }

    private HttpResponse<String> get(int host, String path) throws IOException, InterruptedException {
        return get(host, path, "");
    }

    private HttpResponse<String> get(int host, String path, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + NET + host + ":7474" + path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What the agent says when it does not start. */
    private static String fails(String... flags) throws Exception {
        List<String> command = AgentProcess.hearsay(
                "agent", "-stop-with-parent", "-node=x", "-bind=" + NET + 9, "-rpc-addr=" + NET + "9:7373");
        command.addAll(List.of(flags));
        return output(command, 1);
    }

    /** A line of the page, about the agent of this test; streams are cut off after a moment. */
    private static void run(String line, int code) throws Exception {
        String command = line.replace("127.0.0.1:7474", NET + "1:7474");
        boolean endless = command.contains("-N ") && !command.contains("/v1/queries");
        String shell = command + " -sS --fail-with-body" + (endless ? " --max-time 1 || test $? = 28" : "");
        output(List.of("sh", "-c", shell), code);
    }

    private static String output(List<String> command, int code) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS), command.toString());
        assertEquals(code, process.exitValue(), command + "\n" + said);
        return said;
    }

    private static Path docs() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("docs"))) {
            root = root.getParent();
        }
        return root.resolve("docs");
    }
}
