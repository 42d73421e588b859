package dev.hearsay.agent;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.agent.rpc.WireMember;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An agent in a process of its own, Hearsay's or Serf's, on a loopback address of its own. Ends with the test. */
public final class AgentProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final String host;
    private final Path log;
    private final Process process;

    private AgentProcess(String host, List<String> command) throws IOException {
        this.host = host;
        this.log = Files.createTempFile("agent-", ".log");
        this.process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** The commands of our own jar, in a JVM of the same kind. */
    public static List<String> hearsay(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        return command;
    }

    /** Starts ours, and waits until it answers. */
    public static AgentProcess startHearsay(String name, String host, String... more) throws IOException {
        List<String> command = hearsay("agent", "-stop-with-parent");
        return start(command, name, host, more);
    }

    /** Starts Serf's, and waits until it answers. It compresses what it sends. */
    public static AgentProcess startSerf(String name, String host, String... more) throws IOException {
        return start(new ArrayList<>(List.of("serf", "agent")), name, host, more);
    }

    /** Whether the real one is installed. */
    public static boolean serfInstalled() {
        for (String dir : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(dir, "serf"))) {
                return true;
            }
        }
        return false;
    }

    private static AgentProcess start(List<String> command, String name, String host, String... more)
            throws IOException {
        command.addAll(List.of("-node=" + name, "-bind=" + host + ":7946", "-rpc-addr=" + host + ":7373"));
        command.addAll(List.of("-log-level=debug"));
        command.addAll(List.of(more));
        AgentProcess agent = new AgentProcess(host, command);
        try {
            Await.until(name + " answers", START, () -> !agent.members().isEmpty());
        } catch (AssertionError e) {
            String said = Files.readString(agent.log);
            agent.close();
            throw new AssertionError(name + " said:\n" + said, e);
        }
        return agent;
    }

    /** Where it listens for commands. */
    public String rpc() {
        return host + ":7373";
    }

    /** Whom it knows. */
    public List<WireMember> members() throws IOException, RpcException {
        InetSocketAddress at = new InetSocketAddress(InetAddress.getAllByName(host)[0], 7373);
        try (RpcClient client = RpcClient.connect(at, "")) {
            return client.members("", "", Map.of());
        }
    }

    /** What it believes of the member, as "alive {role=web}"; "unknown" if it does not know it. */
    public String view(String name) throws IOException, RpcException {
        return members().stream()
                .filter(m -> m.name().equals(name))
                .map(m -> m.status() + " " + m.tags())
                .findFirst()
                .orElse("unknown");
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits for its end and returns the exit code. */
    public int exitCode() throws InterruptedException {
        return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** What it has printed. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.delete(log);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("cleaning up after " + process, e);
        }
    }
}
