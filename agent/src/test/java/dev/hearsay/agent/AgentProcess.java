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
    private final String token;
    private final Path log;
    private final Process process;

    private AgentProcess(String host, String token, List<String> command) throws IOException {
        this.host = host;
        this.token = token;
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

    /** Starts ours, without HTTP unless the flags say where, and waits until it answers. */
    public static AgentProcess startHearsay(String name, String host, String... more) throws IOException {
        List<String> command = hearsay("agent", "-stop-with-parent", "-http-addr=off");
        return start(command, name, host, "", more);
    }

    /** Starts ours with a token that commands must present. */
    public static AgentProcess startHearsayGuarded(String name, String host, String token, String... more)
            throws IOException {
        List<String> command = hearsay("agent", "-stop-with-parent", "-http-addr=off", "-rpc-auth=" + token);
        return start(command, name, host, token, more);
    }

    /** Starts Serf's, and waits until it answers. It compresses what it sends. */
    public static AgentProcess startSerf(String name, String host, String... more) throws IOException {
        return start(new ArrayList<>(List.of("serf", "agent")), name, host, "", more);
    }

    /** Starts Serf's with a token that commands must present; a file has to say so, there is no flag. */
    public static AgentProcess startSerfGuarded(String name, String host, String token, Path config, String... more)
            throws IOException {
        Files.writeString(config, "{\"rpc_auth\": \"" + token + "\"}");
        List<String> command = new ArrayList<>(List.of("serf", "agent", "-config-file=" + config));
        return start(command, name, host, token, more);
    }

    /** Says on the error stream that tests are skipped, if the real one is not installed. */
    public static void sayLoudlyIfNoSerf() {
        if (!serfInstalled()) {
            System.err.println("""

                    ****************************************************************************
                    *  SKIPPED: the tests against the real Serf, because 'serf' is not on the  *
                    *  PATH. What they prove is NOT proven by this build.                      *
                    *  Debian, Ubuntu: apt-get install serf                                    *
                    ****************************************************************************
                    """);
        }
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

    private static AgentProcess start(List<String> command, String name, String host, String token, String... more)
            throws IOException {
        command.addAll(List.of("-node=" + name, "-bind=" + host + ":7946", "-rpc-addr=" + host + ":7373"));
        command.addAll(List.of("-log-level=debug"));
        command.addAll(List.of(more));
        AgentProcess agent = new AgentProcess(host, token, command);
        try {
            Await.until(name + " answers", START, () -> !agent.members().isEmpty());
        } catch (AssertionError e) {
            String said = Files.readString(agent.log);
            agent.close();
            throw new AssertionError(name + " said:\n" + said, e);
        }
        return agent;
    }

    /** The same as a flag takes it. */
    public String rpc() {
        return host + ":7373";
    }

    /** Whom it knows. */
    public List<WireMember> members() throws IOException, RpcException {
        try (RpcClient client = connect()) {
            return client.members("", "", Map.of());
        }
    }

    /** A figure of its {@code info}; empty if it has none of that name. */
    public String figure(String section, String name) throws IOException, RpcException {
        try (RpcClient client = connect()) {
            return client.stats().map(section).text(name);
        }
    }

    private RpcClient connect() throws IOException, RpcException {
        return RpcClient.connect(rpcAddress(), token);
    }

    /** Where it listens for commands. */
    public InetSocketAddress rpcAddress() throws IOException {
        return new InetSocketAddress(InetAddress.getAllByName(host)[0], 7373);
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

    /** SIGSTOP: it is there and answers nobody. */
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** Sends it that signal, as {@code HUP}. */
    public void signal(String name) throws IOException, InterruptedException {
        // The shell's own kill: not every machine has the program.
        int code = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill -" + name + " exits with " + code);
        }
    }

    /** Has it leave through its RPC; returns when it says that it has left. */
    public void leave() throws IOException, RpcException {
        try (RpcClient client = connect()) {
            client.leave();
        }
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
            Files.deleteIfExists(log);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("cleaning up after " + process, e);
        }
    }
}
