package dev.hearsay.agent.mixed;

import dev.hearsay.agent.AgentProcess;
import dev.hearsay.agent.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Three agents of Serf's that are there all the time, and three others, of either kind, to whom things happen. The story is
 * the same whoever the others are, so that what the three say about it can be compared.
 */
final class Pool implements AutoCloseable {
    static final List<String> WATCHERS = List.of("s1", "s2", "s3");
    private static final List<String> OTHERS = List.of("x1", "x2", "x3");
    private static final Duration BOUND = Duration.ofSeconds(90);

    private final String network;
    private final Kind kind;
    private final Map<String, AgentProcess> agents = new TreeMap<>();

    /** Nobody is up yet; the others will be of that kind. */
    Pool(String network, Kind kind) {
        this.network = network;
        this.kind = kind;
    }

    /** Joins, a change of tags, kills, a stop, a departure, returns. */
    void story() throws Exception {
        for (String name : WATCHERS) {
            start(name, Kind.SERF);
        }
        for (String name : OTHERS) {
            start(name, kind);
        }
        for (String name : OTHERS) {
            await(name, "alive");
        }
        setTag("x1");
        await("x1", "alive {role=web}");
        agent("x2").kill();
        await("x2", "failed");
        start("x2", kind);
        await("x2", "alive");
        leave("x3");
        start("x3", kind);
        await("x3", "alive");
        agent("x1").pause();
        await("x1", "failed");
        agent("x1").resume();
        await("x1", "alive");
        agent("x2").kill();
        agent("x3").kill();
        await("x2", "failed");
        await("x3", "failed");
        leave("x1");
    }

    private void leave(String name) throws Exception {
        agent(name).leave();
        if (agent(name).exitCode() != 0) {
            throw new AssertionError(
                    name + " leaves and exits with " + agent(name).exitCode());
        }
        await(name, "left");
    }

    private void start(String name, Kind of) throws IOException {
        List<String> flags = new ArrayList<>(Layers.PLAIN.flags(of));
        if (!name.equals("s1")) {
            flags.add("-join=" + host("s1"));
        }
        String[] all = flags.toArray(new String[0]);
        AgentProcess before = agents.put(
                name,
                of == Kind.OURS
                        ? AgentProcess.startHearsay(name, host(name), all)
                        : AgentProcess.startSerf(name, host(name), all));
        if (before != null) {
            before.close();
        }
    }

    private String host(String name) {
        return network + "." + (name.charAt(1) - '0' + (name.charAt(0) == 's' ? 0 : WATCHERS.size()));
    }

    private AgentProcess agent(String name) {
        AgentProcess agent = agents.get(name);
        if (agent == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return agent;
    }

    private void setTag(String name) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "serf", "tags", "-rpc-addr=" + agent(name).rpc(), "-set=role=web")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("serf tags said: " + said);
        }
    }

    private void await(String name, String view) {
        for (String watcher : WATCHERS) {
            Await.until(
                    watcher + " sees " + name + " " + view,
                    BOUND,
                    () -> agent(watcher).view(name).startsWith(view));
        }
    }

    /** What the three have said at WARN and above, without what differs from run to run: times, names, addresses, numbers. */
    List<String> warnings() throws IOException {
        List<String> all = new ArrayList<>();
        for (String watcher : WATCHERS) {
            agent(watcher)
                    .log()
                    .lines()
                    .filter(Pool::severe)
                    .map(Pool::template)
                    .forEach(all::add);
        }
        return all;
    }

    private static boolean severe(String line) {
        return line.contains("[WARN]") || line.contains("[ERR]") || line.contains("[ERROR]");
    }

    static String template(String line) {
        return line.replaceFirst("^[^\\[]*", "")
                .replaceAll("127\\.\\d+\\.\\d+\\.\\d+(:\\d+)?", "ADDRESS")
                .replaceAll("\\b[sx]\\d\\b", "NAME")
                .replaceAll("0x[0-9a-f]+|\\d+(\\.\\d+)?(ms|µs|s)?\\b", "N");
    }

    @Override
    public void close() {
        agents.values().forEach(AgentProcess::close);
    }
}
