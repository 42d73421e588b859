package dev.hearsay.agent.conformance;

import dev.hearsay.agent.AgentProcess;
import dev.hearsay.agent.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * A cluster for one way, on loopback addresses of its own. Its members are {@code a}, which is asked; {@code b}, which is of
 * the other kind; {@code c}, Serf's; and {@code d}, ours.
 */
final class Site implements AutoCloseable {
    static final Duration BOUND = Duration.ofSeconds(60);
    private static final long REPEAT_NANOS = Duration.ofSeconds(5).toNanos();
    /** 32 bytes in Base64; protects nothing but these clusters. */
    static final String KEY = "Y29uZm9ybWFuY2Ugb2YgY2x1c3RlcnMsIGtleSBvbmU=";

    private static final String TOKEN = "sesame";

    private final Way way;
    private final Commands commands;
    private final String network;
    private final Path dir;
    private final Map<String, AgentProcess> agents = new LinkedHashMap<>();
    private final Map<String, Ear> ears = new LinkedHashMap<>();
    private String token = "";

    Site(Way way) throws IOException {
        this.way = way;
        this.commands = new Commands(way.ourCommands());
        long pid = ProcessHandle.current().pid();
        this.network = "127." + (200 + pid % 50) + "." + (pid / 50 % 60 * Way.values().length + way.ordinal());
        this.dir = Files.createTempDirectory("conformance-");
    }

    /** Four agents that know each other. */
    void startPlain() throws Exception {
        script(
                "answer.sh",
                "echo \"$SERF_EVENT $SERF_QUERY_NAME $SERF_TAG_ROLE: $(cat) is what $SERF_SELF_NAME heard\"");
        script("note.sh", "echo \"$SERF_EVENT $SERF_USER_EVENT: $(cat)\" > " + dir + "/note-$SERF_SELF_NAME");
        startAsked();
        start("b", !way.ourAgent(), "-tag", "role=db", "-join=" + host("a"));
        start("c", false, "-tag", "role=web", "-join=" + host("a"));
        start("d", true, "-join=" + host("a"));
        awaitViews("alive");
        for (String name : agents.keySet()) {
            ears.put(name, Ear.at(name, agent(name).rpcAddress(), ""));
        }
    }

    private void script(String name, String line) throws IOException {
        Path file = Files.writeString(dir.resolve(name), "#!/bin/sh\n" + line + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }

    private void startAsked() throws IOException {
        start("a", way.ourAgent(), "-tag", "role=web", "-tag", "idx=1", "-snapshot=" + dir.resolve("snapshot"));
    }

    /** Kills {@code a} and starts it again: only its snapshot tells it whom to join. */
    void restartAsked() throws Exception {
        kill("a");
        startAsked();
        awaitViews("alive");
    }

    /** What the script of each member wrote when it heard of an event. */
    Map<String, String> notes() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String name : agents.keySet()) {
            Path note = dir.resolve("note-" + name);
            Await.until(
                    way.text() + ": the script of " + name, BOUND, () -> Files.exists(note) && Files.size(note) > 0);
            try {
                all.put(name, Files.readString(note));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return all;
    }

    /** Two agents with a key, the asked one with a token for commands. */
    void startEncrypted() throws Exception {
        token = TOKEN;
        agents.put(
                "a",
                way.ourAgent()
                        ? AgentProcess.startHearsayGuarded("a", host("a"), TOKEN, "-encrypt=" + KEY)
                        : AgentProcess.startSerfGuarded("a", host("a"), TOKEN, dir.resolve("auth"), "-encrypt=" + KEY));
        start("b", !way.ourAgent(), "-encrypt=" + KEY, "-join=" + host("a"));
        awaitViews("alive");
    }

    /** Ends all, so that others can take their addresses. */
    void stopAll() {
        ears.values().forEach(Ear::close);
        agents.values().forEach(AgentProcess::close);
        ears.clear();
        agents.clear();
    }

    /** Runs a command against {@code a}. */
    Outcome ask(String command, String... args) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(command, "-rpc-addr=" + host("a") + ":7373"));
        if (!token.isEmpty() && Stream.of(args).noneMatch(arg -> arg.startsWith("-rpc-auth"))) {
            all.add("-rpc-auth=" + token);
        }
        all.addAll(List.of(args));
        return line(all.toArray(new String[0]));
    }

    /** Runs a command line as it is. */
    Outcome line(String... args) throws IOException, InterruptedException {
        return commands.run(List.of(args))
                .with(network.replace(".", "\\.") + "\\.", "NET.")
                .with(dir.toString(), "DIR");
    }

    /** What a monitor shows of an event while it happens, in order of the alphabet: that of the fields is random in Serf. */
    Outcome monitor() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(commands.line(List.of("monitor", "-rpc-addr=" + host("a") + ":7373")))
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("monitor").toFile())
                .start();
        try {
            Await.until("log", BOUND, () -> shown().contains("EventMemberJoin: d"));
            new Commands(false).run(List.of("event", "-rpc-addr=" + host("a") + ":7373", "mark", "here"));
            Await.until("event", BOUND, () -> eventShown().lines().count() == 6);
            return Outcome.of(eventShown(), 0).with("LTime: \\d+", "LTime: N").unordered();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private String shown() throws IOException {
        return Files.readString(dir.resolve("monitor"), StandardCharsets.UTF_8);
    }

    /** The block of lines about the event; all of them once there are six. */
    private String eventShown() throws IOException {
        StringBuilder block = new StringBuilder();
        String found = "";
        for (String line : shown().lines().toList()) {
            if (line.startsWith("Event Info:")) {
                block.setLength(0);
            } else if (!line.startsWith("\t")) {
                continue;
            }
            block.append(line).append('\n');
            found = block.indexOf("\"mark\"") > 0 ? block.toString() : found;
        }
        return found;
    }

    /** Waits until all that are up see all that are up as that, and those that are not as they see them alike. */
    void awaitViews(String status) {
        for (String who : agents.keySet()) {
            for (String whom : agents.keySet()) {
                await(who, whom, status);
            }
        }
    }

    /** Waits until all see a member like this; what brings it about is done again every few seconds. */
    void awaitUnlessRepeated(String whom, String view, Callable<?> action) {
        long[] next = {System.nanoTime() + REPEAT_NANOS};
        Await.until(way.text() + ": all see " + whom + " " + view, BOUND, () -> {
            if (System.nanoTime() - next[0] > 0) {
                action.call();
                next[0] = System.nanoTime() + REPEAT_NANOS;
            }
            boolean seen = true;
            for (AgentProcess agent : agents.values()) {
                seen &= agent.view(whom).startsWith(view);
            }
            return seen;
        });
    }

    /** Waits until a member is seen like this by another. */
    void await(String who, String whom, String view) {
        Await.until(
                way.text() + ": " + who + " sees " + whom + " " + view,
                BOUND,
                () -> agent(who).view(whom).startsWith(view));
    }

    /** What has been heard of user events, by member, once so many have. */
    Map<String, List<String>> heard(int events) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        ears.forEach((name, ear) -> {
            Await.until(
                    way.text() + ": " + name + " hears " + events + " events, and has " + ear.heard(),
                    BOUND,
                    () -> ear.heard().size() >= events);
            all.put(name, ear.heard().stream().sorted().toList());
        });
        return all;
    }

    AgentProcess agent(String name) {
        AgentProcess agent = agents.get(name);
        if (agent == null) {
            throw new IllegalStateException(name + " is not up");
        }
        return agent;
    }

    /** SIGKILL. */
    void kill(String name) throws InterruptedException {
        agent(name).kill();
        agents.remove(name).close();
    }

    private void start(String name, boolean ours, String... flags) throws IOException {
        List<String> all = new ArrayList<>(List.of(flags));
        all.add("-event-handler=query:h=" + dir.resolve("answer.sh"));
        all.add("-event-handler=user:note=" + dir.resolve("note.sh"));
        String[] array = all.toArray(new String[0]);
        agents.put(
                name,
                ours
                        ? AgentProcess.startHearsay(name, host(name), array)
                        : AgentProcess.startSerf(name, host(name), array));
    }

    /** Where a member listens; one that is not up has an address, too. */
    String host(String name) {
        return network + "." + (name.charAt(0) - 'a' + 1);
    }

    @Override
    public void close() {
        stopAll();
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted((x, y) -> y.compareTo(x)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cleaning up", e);
        }
    }
}
