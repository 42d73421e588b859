package dev.hearsay.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.FakeCluster;
import dev.hearsay.agent.HostPort;
import dev.hearsay.agent.log.LogRing;
import dev.hearsay.agent.rpc.RpcServer;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.KeyResult;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.coordinate.Coordinate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that ask or tell the cluster something: output and exit codes are Serf's; its errors went to standard output. */
class ClusterCommandsTest {
    private static final Charset UTF = StandardCharsets.UTF_8;
    private static final String KEY = "T9jncgl9mbLus+baTTa7q7nPSUrXwbDi2dhbtqir37s=";

    private final FakeCluster cluster = FakeCluster.captured();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private RpcServer server;

    @BeforeEach
    void start() throws IOException {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = RpcServer.start(free, cluster, new LogRing(), "", () -> {});
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "deploy v1,deploy v1 true",
        "-coalesce=false deploy v1,deploy v1 false",
        "-coalesce=0 deploy v1,deploy v1 false",
        "-coalesce deploy v1,deploy v1 true",
        "--coalesce=T deploy,deploy  true",
        "deploy --v1,deploy --v1 true",
        "deploy -h,deploy -h true",
        "deploy -,deploy - true",
        "-- -deploy -v1,-deploy -v1 true",
    })
    void anEventIsFiredAsSerfReadsTheLine(String line, String fired) {
        assertEquals(0, run("event", line.split(" ")));
        assertEquals(List.of("event " + fired), cluster.done);
        String[] parts = fired.split(" ");
        assertEquals(
                "Event '" + parts[0] + "' dispatched! Coalescing enabled: " + parts[parts.length - 1] + "\n",
                out.toString(UTF));
        assertEquals("", err.toString(UTF));
    }

    @Test
    void anEventThatIsTooLargeIsRefusedInSerfsWords() {
        assertEquals(1, run("event", "big", "x".repeat(600)));
        assertEquals(
                "Error sending event: user event exceeds configured limit of 512 bytes before encoding\n",
                err.toString(UTF));
    }

    @Test
    void aQueryShowsAcksAndAnswersAsTheyComeAndCounts() {
        answer();
        assertEquals(0, run("query", "-timeout=2s", "-node=real1", "-node", "real2", "-tag", "role=w=b", "q", "x"));
        assertEquals("""
                Query 'q' dispatched
                Ack from 'real1'
                Ack from 'real2'
                Response from 'real2': one
                two
                Response from 'real1': é
                Total Acks: 2
                Total Responses: 2
                """, out.toString(UTF));
        String asked = cluster.done.get(0);
        assertTrue(asked.contains("nodes=[real1, real2], tags={role=w=b}, ack=true, timeout=PT2S"), asked);
    }

    @Test
    void whatNobodySaysDoesNotCount() {
        cluster.script.add(l -> l.onAck("real1"));
        cluster.script.add(l -> l.onAck(""));
        cluster.script.add(l -> l.onAnswer("", Bytes.EMPTY));
        assertEquals(0, run("query", "q"));
        assertEquals("Query 'q' dispatched\nAck from 'real1'\nTotal Acks: 1\nTotal Responses: 0\n", out.toString(UTF));
    }

    @Test
    void withoutAcksNoneAreCounted() {
        assertEquals(0, run("query", "-no-ack", "-relay-factor=3", "q"));
        assertEquals("Query 'q' dispatched\nTotal Responses: 0\n", out.toString(UTF));
        assertTrue(cluster.done.get(0).contains("ack=false, timeout=PT0S, relayFactor=3"), cluster.done.get(0));
    }

    @Test
    void anAnswerNeedNotBeText() {
        byte[] content = {0, (byte) 0xff, (byte) 0xfe, 'x', '\n', '\n'};
        cluster.script.add(l -> l.onAnswer("real1", Bytes.of(content)));
        assertEquals(0, run("query", "-no-ack", "q"));
        String shown = out.toString(StandardCharsets.ISO_8859_1);
        assertTrue(shown.contains("Response from 'real1': \0\u00ff\u00fex\n\nTotal"), shown);
    }

    @Test
    void aQueryAsJson() {
        answer();
        assertEquals(0, run("query", "-format", "json", "q"));
        assertEquals("""
                {
                  "Acks": [
                    "real1",
                    "real2"
                  ],
                  "Responses": {
                    "real1": "é",
                    "real2": "one\\ntwo\\n"
                  }
                }
                """, out.toString(UTF));
    }

    @Test
    void aQueryAsJsonThatNobodyAnswers() {
        assertEquals(0, run("query", "-format=json", "-no-ack", "q"));
        assertEquals("{\n  \"Acks\": null,\n  \"Responses\": {}\n}\n", out.toString(UTF));
    }

    @Test
    void tagsAreSetAndDeletedAndWhatIsBothIsSet() {
        assertEquals(0, run("tags", "-set", "a=1=2", "-set=role=db", "-delete", "role", "-delete=nosuch"));
        assertEquals(List.of("tags {a=1=2, role=db}"), cluster.done);
        assertEquals("Successfully updated agent tags\n", out.toString(UTF));
    }

    @ParameterizedTest
    @CsvSource({
        "-install,install-key,Installing key,Successfully installed key",
        "-use,use-key,Changing primary key,Successfully changed primary key",
        "-remove,remove-key,Removing key,Successfully removed key",
    })
    void keysAreInstalledUsedAndRemoved(String flag, String done, String first, String last) {
        assertEquals(0, run("keys", flag + "=" + KEY));
        assertEquals("==> " + first + " on all members...\n==> " + last + "!\n", out.toString(UTF));
        assertEquals(List.of(done + " " + KEY), cluster.done);
    }

    @Test
    void keysAreListedWithTheNumberOfMembersThatHaveThem() {
        cluster.keyResult = new KeyResult(3, 3, 0, Map.of(), new TreeMap<>(Map.of("longer", 3, "key", 2)), Map.of());
        assertEquals(0, run("keys", "-list"));
        assertEquals("""
                ==> Asking all members for installed keys...
                ==> Keys gathered, listing cluster keys...

                key     [2/3]
                longer  [3/3]
                """, out.toString(UTF));
    }

    @Test
    void whoCouldNotChangeItsKeysIsNamed() {
        Map<String, String> said = new TreeMap<>(Map.of("real1", "no such key", "r2", "full"));
        cluster.keyResult = new KeyResult(3, 3, 2, said, Map.of(), Map.of());
        assertEquals(1, run("keys", "-use", KEY));
        assertEquals("==> Changing primary key on all members...\n", out.toString(UTF));
        assertEquals("""
                failed:  r2     full
                failed:  real1  no such key

                Error changing primary key: 2/3 nodes reported failure
                """, err.toString(UTF));
    }

    @Test
    void aKeyThatIsNotBase64IsRefusedByTheAgent() {
        assertEquals(1, run("keys", "-install=abc"));
        assertEquals("\nError installing key: illegal base64 data at input byte 0\n", err.toString(UTF));
    }

    @Test
    void roundTripsAreEstimatedBetweenTwoOrFromTheAgent() {
        double[] there = {0.003, 0, 0, 0, 0, 0, 0, 0};
        cluster.coordinates.put("real1", Coordinate.ORIGIN);
        cluster.coordinates.put("real2", Coordinate.of(there, 1, 0, 0.0001));
        assertEquals(0, run("rtt", "real2"));
        assertEquals(0, run("rtt", "real2", "real2"));
        assertEquals(
                "Estimated real2 <-> real1 rtt: 3.110 ms\nEstimated real2 <-> real2 rtt: 0.200 ms\n",
                out.toString(UTF));
        assertEquals(1, run("rtt", "real1", "nosuch"));
        assertEquals("Could not find a coordinate for node \"nosuch\"\n", err.toString(UTF));
    }

    @Test
    void allLiveMembersAreReachable() {
        cluster.add(FakeCluster.member("gone", "127.0.15.9", Status.FAILED, Map.of()));
        answer();
        cluster.script.remove(3);
        cluster.script.remove(2);
        assertEquals(0, run("reachability", "-verbose"));
        assertEquals("""
                Total members: 3, live members: 2
                Starting reachability test...
                \tAck from 'real1'
                \tAck from 'real2'
                Query time: T sec, time to last response: T sec
                Successfully contacted all live nodes
                """, out.toString(UTF).replaceAll("[0-9]+\\.[0-9]{2}", "T"));
        String asked = cluster.done.get(0);
        assertTrue(asked.contains("name=_serf_ping") && asked.contains("ack=true"), asked);
    }

    @Test
    void whoCannotBeReachedIsNamedWithAdvice() {
        cluster.script.add(l -> l.onAck("real1"));
        assertEquals(1, run("reachability"));
        String text = out.toString(UTF);
        assertTrue(text.contains("Received less acks than live nodes! Missing acks from:\n\treal2\n"), text);
        assertTrue(text.contains("firewall"), text);
    }

    @Test
    void whoAnswersThoughItCountsAsDeadIsNamed() {
        for (String name : List.of("real1", "real2", "gone")) {
            cluster.script.add(l -> l.onAck(name));
        }
        assertEquals(1, run("reachability"));
        String text = out.toString(UTF);
        assertTrue(text.contains("Received more acks than live nodes! Acks from non-live nodes:\n\tgone\n"), text);
    }

    @Test
    void whoAnswersTwiceIsASignOfTwoMembersOfOneName() {
        cluster.script.add(l -> l.onAck("real1"));
        cluster.script.add(l -> l.onAck("real1"));
        assertEquals(1, run("reachability"));
        assertTrue(out.toString(UTF).contains("Duplicate response from 'real1'"), out.toString(UTF));
    }

    private void answer() {
        cluster.script.add(l -> l.onAck("real1"));
        cluster.script.add(l -> l.onAck("real2"));
        cluster.script.add(l -> l.onAnswer("real2", Bytes.of("one\ntwo\n".getBytes(UTF))));
        cluster.script.add(l -> l.onAnswer("real1", Bytes.of("é".getBytes(UTF))));
    }

    private int run(String command, String... args) {
        String[] all = new String[args.length + 2];
        all[0] = command;
        all[1] = "-rpc-addr=" + HostPort.of(server.address());
        System.arraycopy(args, 0, all, 2, args.length);
        return new Cli(new PrintStream(out, true, UTF), new PrintStream(err, true, UTF)).run(all);
    }
}
