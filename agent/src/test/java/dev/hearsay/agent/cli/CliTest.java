package dev.hearsay.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.FakeCluster;
import dev.hearsay.agent.HostPort;
import dev.hearsay.agent.log.LogRing;
import dev.hearsay.agent.rpc.RpcServer;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.wire.Capability;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Output, exit codes and error lines of the command line; spec section 1 has Serf's. */
class CliTest {
    private final FakeCluster cluster = FakeCluster.captured();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private RpcServer server;
    private String at;

    @BeforeEach
    void start() throws IOException {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = RpcServer.start(free, cluster, new LogRing(), "", () -> {});
        at = "-rpc-addr=" + HostPort.of(server.address());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void membersAreAlignedInColumnsAsSerfDoes() {
        assertEquals(0, run("members", at));
        assertEquals(
                "real1  127.0.15.1:7946  alive  role=web\nreal2  127.0.15.2:7946  alive  role=db\n", out.toString(UTF));
    }

    @Test
    void detailedMembersShowProtocolVersions() {
        assertEquals(0, run("members", "-detailed", at, "-name", "real2"));
        assertEquals(
                "real2  127.0.15.2:7946  alive  role=db  Protocol Version: 5  Available Protocol Range: [2, 5]\n",
                out.toString(UTF));
    }

    @Test
    void detailedMembersShowCapabilitiesOfThoseThatHaveSome() {
        cluster.add(FakeCluster.member(
                "able", "127.0.15.4", Status.SUSPECT, Map.of(), Set.of(Capability.EXTENSION_FRAMES)));
        assertEquals(0, run("members", "-detailed", at, "-name", "able"));
        assertTrue(
                out.toString(UTF).endsWith("Range: [2, 5]  Suspected  Capabilities: extension-frames\n"),
                out.toString(UTF));
        out.reset();
        assertEquals(0, run("members", "-detailed", "-format=json", at, "-name", "able|real1"));
        String json = out.toString(UTF).replaceAll("\\s", "");
        assertTrue(json.contains("\"capabilities\":[\"extension-frames\"]"), json);
        assertTrue(json.contains("\"capabilities\":[]"), json);
    }

    @Test
    void detailedMembersShowPhiOfThoseWhoseHeartbeatsTheAgentCounts() {
        cluster.phi.put("real2", 0.3456);
        assertEquals(0, run("members", "-detailed", at, "-name", "real2"));
        assertTrue(out.toString(UTF).endsWith("Range: [2, 5]\n"), out.toString(UTF));
        out.reset();
        cluster.countsHeartbeats();
        assertEquals(0, run("members", "-detailed", at, "-name", "real2"));
        assertTrue(out.toString(UTF).endsWith("Range: [2, 5]  Phi: 0.35\n"), out.toString(UTF));
        out.reset();
        assertEquals(0, run("members", "-detailed", "-format=json", at, "-name", "real2"));
        assertTrue(out.toString(UTF).contains("\"phi\": 0.35"), out.toString(UTF));
        out.reset();
        assertEquals(0, run("members", at, "-name", "real2"));
        assertEquals("real2  127.0.15.2:7946  alive  role=db\n", out.toString(UTF));
    }

    @Test
    void membersAsJsonAreByteForByteWhatSerfPrints() {
        assertEquals(0, run("members", at, "--format=json", "--name=real1"));
        assertEquals("""
                {
                  "members": [
                    {
                      "name": "real1",
                      "addr": "127.0.15.1:7946",
                      "port": 7946,
                      "tags": {
                        "role": "web"
                      },
                      "status": "alive",
                      "protocol": {
                        "max": 5,
                        "min": 2,
                        "version": 5
                      }
                    }
                  ]
                }
                """, out.toString(UTF));
    }

    @Test
    void noMatchIsAnEmptyLineOrNull() {
        assertEquals(0, run("members", at, "-status=failed"));
        assertEquals("\n", out.toString(UTF));
        out.reset();
        assertEquals(0, run("members", at, "-status=failed", "-format=json"));
        assertEquals("{\n  \"members\": null\n}\n", out.toString(UTF));
    }

    @Test
    void joinLeaveAndForceLeaveReachTheAgent() {
        assertEquals(0, run("join", at, "-replay", "a", "b:1"));
        assertEquals(0, run("force-leave", at, "-prune", "real2"));
        assertEquals(0, run("leave", at));
        assertEquals(
                "Successfully joined cluster by contacting 2 nodes.\nGraceful leave complete\n", out.toString(UTF));
        assertEquals("[join [a, b:1] replay, force-leave real2 true, leave]", cluster.done.toString());
        assertEquals("", err.toString(UTF));
    }

    @Test
    void forceLeaveOfAnUnknownNameWarnsAndExitsWith0AsSerf() {
        assertEquals(0, run("force-leave", at, "real."));
        assertEquals("Warning: the agent knows no member named 'real.'\n", err.toString(UTF));
    }

    @Test
    void infoPrintsSectionsAndFigures() {
        assertEquals(0, run("info", at));
        assertTrue(out.toString(UTF).contains("agent:\n\tname = real1\n"), out.toString(UTF));
        assertTrue(out.toString(UTF).contains("\nserf:\n"), out.toString(UTF));
    }

    @Test
    void withoutAnAgentTheErrorSaysHowToStartOne() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertEquals(1, run("members", "-rpc-addr=127.0.0.1:" + free));
        assertEquals(
                "Error connecting to Hearsay agent at 127.0.0.1:" + free
                        + ": connection refused. Start one with: ./hearsay agent\n",
                err.toString(UTF));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "members -format=xml|-format|xml",
                "members -tag role|-tag|role",
                "members -rpc-addr=1.2.3.4:x|-rpc-addr|1.2.3.4:x",
                "members -bogus|-bogus|-bogus",
                "monitor -log-level=loud|-log-level|loud",
                "agent -profile=moon|-profile|moon",
                "agent -tag role|-tag|role",
                "agent -retry-interval=1|-retry-interval|1",
                "agent -retry-max=-1|-retry-max|-1",
                "agent -bind=[::1|-bind|[::1",
                "agent -bind=127.0.0.1:70000|-bind|127.0.0.1:70000",
                "agent -log-level loud|-log-level|loud",
                "agent -broadcast-timeout=0s|-broadcast-timeout|0s",
                "agent -iface=nosuch0|-iface|nosuch0",
                "agent -advertise=db.example.com:x|-advertise|db.example.com:x",
                "agent -allow-cidr=10.0.0.0/8,10.0.0.5/8|-allow-cidr|'10.0.0.5/8'",
                "agent -allow-cidr=10.0.0.5|-allow-cidr|10.0.0.5/32",
                "agent -allow-cidr=,|-allow-cidr|','",
                "agent -encrypt-verify-incoming=maybe|-encrypt-verify-incoming|maybe",
                "agent -encrypt-verify-outgoing=2|-encrypt-verify-outgoing|2",
                "agent -keyring-file=no-such-file|-keyring-file|no-such-file",
                "agent -encrypt=T9jncgl9mbLus+baTTa7q7nPSUrXwbDi2dhbtqir37s= -keyring-file=f|-encrypt|-keyring-file",
                "agent -enable-compression -disable-compression|-enable-compression|-disable-compression",
                "agent -bogus=1|-bogus|1",
                "agent -replay=maybe|-replay|maybe",
                "agent -protocol=9|-protocol|9",
                "agent -event-handler=bogus=x.sh|-event-handler|Invalid event script: Event 'bogus' invoking 'x.sh'",
                "agent -handler-timeout=0s|-handler-timeout|0s",
                "agent -config-file=no-such-file|no-such-file|there is no such file",
                "agent -tag a=b -tags-file=f|-tag|Tags config not allowed while using tag files",
                "agent -mdns-iface=lo|-mdns-iface|mDNS interface specified without enabling mDNS discovery",
                "demo --nodes=2|--nodes|2",
                "event|name|event",
                "event a b c|payload|3",
                "event -coalesce=perhaps a|-coalesce|perhaps",
                "query|name|query",
                "query -timeout=soon q|-timeout|soon",
                "query -timeout=-1s q|-timeout|-1s",
                "query -relay-factor=256 q|-relay-factor|256",
                "query -tag role q|-tag|role",
                "query -format=xml q|-format|xml",
                "members -detailed=perhaps|-detailed|perhaps",
                "rtt|one or two|0",
                "rtt a b c|one or two|3",
                "tags|-set|-delete",
                "tags -set a|-set|'a'",
                "tags -set =b|-set|=b",
                "keys|-install|0",
                "keys -list -use=x|-use|2",
            })
    void aBadValueIsOneLineThatNamesFlagAndValueAndExitsWith1(String line, String flag, String value) {
        assertEquals(1, run(line.split(" ")));
        String first = err.toString(UTF).lines().findFirst().orElse("");
        assertTrue(first.startsWith("Error: ") && first.contains(flag) && first.contains(value), first);
        assertEquals(2, err.toString(UTF).lines().count(), "the error, and where to look");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c2VjcmV0", "no Base64 at all!"})
    void aBadKeyIsNotRepeatedBecauseItMayBeASecret(String key) throws IOException {
        Path file = Files.createTempFile("keyring", ".json");
        try {
            Files.writeString(file, "[\"" + key + "\"]");
            for (String flag : List.of("-encrypt=" + key, "-keyring-file=" + file)) {
                err.reset();
                assertEquals(1, run("agent", flag));
                assertTrue(err.toString(UTF).startsWith("Error: invalid value "), err.toString(UTF));
                assertTrue(err.toString(UTF).contains(flag.replaceFirst("=.*", "")), err.toString(UTF));
                assertFalse(err.toString(UTF).contains(key), err.toString(UTF));
            }
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void aLabelThatIsTooLongIsRefusedWithItsLength() {
        assertEquals(1, run("agent", "-label=" + "x".repeat(256)));
        assertTrue(
                err.toString(UTF).contains("...' for -label: label has 256 bytes of UTF-8: must be"),
                err.toString(UTF));
    }

    @Test
    void anUnknownCommandAndNoneAtAllExitWith127AndUsageAsSerf() {
        assertEquals(127, run("bogus"));
        assertTrue(err.toString(UTF).contains("no command 'bogus'")
                && err.toString(UTF).contains("Usage: hearsay"));
        assertEquals(127, run());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agent",
                "completion",
                "counter",
                "demo",
                "event",
                "force-leave",
                "info",
                "join",
                "keygen",
                "keys",
                "leave",
                "map",
                "members",
                "monitor",
                "query",
                "reachability",
                "register",
                "rtt",
                "set",
                "sim",
                "state",
                "tags",
                "version"
            })
    void everyCommandExplainsItself(String command) {
        for (String help : new String[] {"-h", "-help", "--help"}) {
            out.reset();
            assertEquals(0, run(command, help));
            assertTrue(out.toString(UTF).startsWith("Usage: hearsay " + command), out.toString(UTF));
            assertEquals(List.of(), brokenTwice(out.toString(UTF)));
        }
    }

    /** Lines of a paragraph that end early in the middle of a sentence: broken by hand, then again by picocli. */
    private static List<String> brokenTwice(String help) {
        List<String> lines = help.lines().toList();
        List<String> found = new ArrayList<>();
        for (int i = 0; i + 1 < lines.size() && !lines.get(i).startsWith("  "); i++) {
            String next = lines.get(i + 1).split(" ", 2)[0];
            boolean sentence = lines.get(i).isEmpty() || lines.get(i).endsWith(".") || next.isEmpty();
            if (!sentence && lines.get(i).length() + 1 + next.length() < 100) {
                found.add(lines.get(i));
            }
        }
        return found;
    }

    @Test
    void keygenPrints32RandomBytes() {
        assertEquals(0, run("keygen"));
        String first = out.toString(UTF).strip();
        assertEquals(32, Base64.getDecoder().decode(first).length);
        out.reset();
        assertEquals(0, run("keygen"));
        assertTrue(!first.equals(out.toString(UTF).strip()));
    }

    @ParameterizedTest
    @CsvSource({"30s,30000", "1m30s,90000", "500ms,500", "1.5h,5400000", "2h45m,9900000"})
    void durationsAreWrittenAsInGo(String text, long millis) throws UsageException {
        assertEquals(Duration.ofMillis(millis), Values.duration("-x", text));
    }

    private static final java.nio.charset.Charset UTF = StandardCharsets.UTF_8;

    private int run(String... args) {
        return new Cli(new PrintStream(out, true, UTF), new PrintStream(err, true, UTF)).run(args);
    }
}
