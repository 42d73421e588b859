package dev.hearsay.agent.rpc;

import static dev.hearsay.agent.rpc.RpcEncoder.map;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.Await;
import dev.hearsay.agent.InsideAgent;
import dev.hearsay.agent.config.Setting;
import dev.hearsay.agent.log.LogRing;
import dev.hearsay.api.Codec;
import dev.hearsay.api.StateType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own commands about shared state: what they refuse, what bounds them, what a slow client hears. */
class StateRpcTest {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private InsideAgent agent;

    @BeforeEach
    void start() throws Exception {
        agent = InsideAgent.start("a", Map.of());
    }

    @AfterEach
    void stop() {
        agent.close();
    }

    static Stream<Arguments> wrong() {
        byte[] noText = {(byte) 0xff};
        return Stream.of(
                Arguments.of(RpcCommand.STATE_WRITE, map(), "Operation: must be given"),
                Arguments.of(RpcCommand.STATE_WRITE, map("Operation", "map-drop"), "Operation: 'map-drop' is none of"),
                Arguments.of(RpcCommand.STATE_WRITE, map("Operation", 5), "Operation: must be text or bytes"),
                Arguments.of(RpcCommand.STATE_WRITE, map("Operation", noText), "Operation: must be text in UTF-8"),
                Arguments.of(RpcCommand.STATE_WRITE, map("Operation", "map-put"), "Collection: must be given"),
                Arguments.of(
                        RpcCommand.STATE_WRITE,
                        map("Operation", "map-put", "Collection", "m", "Key", 1),
                        "Key: must be text or bytes"),
                Arguments.of(
                        RpcCommand.STATE_WRITE,
                        map("Operation", "map-put", "Collection", "m", "Key", "k", "TimeToLive", -1),
                        "TimeToLive: -1 ns must be 0"),
                Arguments.of(
                        RpcCommand.STATE_WRITE,
                        map("Operation", "counter-add", "Collection", "c", "Amount", 1.5),
                        "Amount: must be a whole number"),
                Arguments.of(
                        RpcCommand.STATE_WRITE,
                        map("Operation", "set-add", "Collection", "s", "Key", new byte[513]),
                        "element has 513 bytes: must be at most 512"),
                Arguments.of(
                        RpcCommand.STATE_WRITE,
                        map("Operation", "register-set", "Collection", "x".repeat(256), "Value", "v"),
                        "name of a register has 256 bytes: must be 1 to 255"),
                Arguments.of(
                        RpcCommand.STATE_WRITE,
                        map("Operation", "fact-put", "Key", "k", "Value", new byte[65_537]),
                        "value has 65537 bytes: must be at most 65536"),
                Arguments.of(RpcCommand.STATE_WRITE, map("Operation", "fact-delete"), "Key: must be given"),
                Arguments.of(RpcCommand.STATE_GET, map("Collection", "m"), "Type: must be given: fact, map, set"),
                Arguments.of(RpcCommand.STATE_GET, map("Type", "queue"), "Type: 'queue' is none of fact, map, set"),
                Arguments.of(RpcCommand.STATE_GET, map("Type", "map", "Key", "k"), "Collection: must be given"),
                Arguments.of(RpcCommand.STATE_LIST, map("Collection", "m"), "Type: must be given"),
                Arguments.of(
                        RpcCommand.STATE_LIST, map("Type", "counter", "Collection", "c"), "Type: a counter has no"),
                Arguments.of(RpcCommand.STATE_WATCH, map("Type", "queue"), "Type: 'queue' is none of"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void badInputIsAnErrorThatNamesFieldAndRuleAndIsCounted(
            RpcCommand command, Map<String, @Nullable Object> body, String error) throws Exception {
        try (RpcClient client = agent.connect()) {
            RpcException refused = assertThrows(RpcException.class, () -> client.call(command, body));
            assertTrue(String.valueOf(refused.getMessage()).startsWith(error), refused.getMessage());
            assertEquals(1, agent.counted("rpc_state_refused"));
        }
        assertEquals(0, agent.cluster().state().snapshot().size());
    }

    @Test
    void theConnectionGoesOnAfterAnErrorAndUnknownFieldsAreIgnored() throws Exception {
        try (RpcClient client = agent.connect()) {
            assertThrows(RpcException.class, () -> client.call(RpcCommand.STATE_GET, map()));
            Map<String, @Nullable Object> later =
                    map("Operation", "map-put", "Collection", "m", "Key", "k", "Value", "v", "Quorum", List.of(1, "x"));
            assertTrue(client.call(RpcCommand.STATE_WRITE, later).flag("Changed"));
            assertEquals(List.of("v"), texts(client.state().mapValue("m", "k").values()));
        }
    }

    @Test
    void aLongListComesInPartsOfOneMoment() throws Exception {
        var map = agent.cluster().state().map("big", Codec.TEXT);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 2 * RpcState.PART_ITEMS + 1; i++) {
            keys.add(String.format("key-%05d", i));
            map.put(keys.get(i), "v").join();
        }
        try (RpcClient client = agent.connect()) {
            RpcMap first = client.call(RpcCommand.STATE_LIST, map("Type", "map", "Collection", "big"));
            assertEquals(RpcState.PART_ITEMS, first.maps("Items").size());
            assertTrue(first.flag("More"));
        }
        try (RpcClient client = agent.connect()) {
            List<String> listed = new ArrayList<>();
            client.state().list(StateType.MAP, "big", item -> listed.add(item.text("Key")));
            assertEquals(keys, listed);
            // The connection still is in step.
            assertFalse(client.state().mapValue("big", "none").found());
        }
    }

    @Test
    void moreListsThanTheBoundAreRefusedUntilOneHasBeenRead() throws Exception {
        for (int i = 0; i < 300; i++) {
            agent.put("big", "k" + i, new byte[60_000]);
        }
        List<RpcClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < RpcState.MAX_LISTS; i++) {
                slow.add(agent.connect());
                slow.get(i).call(RpcCommand.STATE_LIST, map("Type", "map", "Collection", "big"));
            }
            try (RpcClient client = agent.connect()) {
                RpcException refused =
                        assertThrows(RpcException.class, () -> client.state().list(StateType.MAP, "big", item -> {}));
                assertEquals("Too many lists at a time: at most 16; try again", refused.getMessage());
            }
            while (slow.get(0).next().flag("More")) {
                // Read to its end.
            }
            Await.until("a place to become free", BOUND, () -> {
                try (RpcClient client = agent.connect()) {
                    client.state().list(StateType.MAP, "none", item -> {});
                    return true;
                } catch (RpcException e) {
                    return false;
                }
            });
        } finally {
            slow.forEach(RpcClient::close);
        }
    }

    @Test
    void aKeyThatIsNoTextIsListedAndCanBeTakenOut() throws Exception {
        byte[] key = {'k', (byte) 0xfe};
        try (RpcClient client = agent.connect()) {
            client.call(RpcCommand.STATE_WRITE, map("Operation", "map-put", "Collection", "m", "Key", key));
            List<byte[]> listed = new ArrayList<>();
            client.state().list(StateType.MAP, "m", item -> listed.add(item.bytes("Key")));
            assertArrayEquals(key, listed.get(0));
            assertTrue(
                    client.call(RpcCommand.STATE_WRITE, map("Operation", "map-delete", "Collection", "m", "Key", key))
                            .flag("Changed"));
        }
    }

    @Test
    void aWatchShowsWhatItWantsUntilItIsStopped() throws Exception {
        try (RpcClient watching = agent.connect();
                RpcClient other = agent.connect()) {
            watching.state().watch(StateType.MAP, "routes");
            other.state().put("else", "k", bytes("v"), Duration.ZERO);
            other.state().put("routes", "eu", bytes("1"), Duration.ZERO);
            other.state().put("routes", "eu", bytes("2"), Duration.ZERO);
            other.state().delete("routes", "eu");
            assertEquals("eu: null -> 1", change(watching.next()));
            assertEquals("eu: 1 -> 2", change(watching.next()));
            assertEquals("eu: 2 -> null", change(watching.next()));
            // The watch was the second request, after the handshake.
            watching.call(RpcCommand.STOP, map("Stop", 2));
            other.state().put("routes", "eu", bytes("3"), Duration.ZERO);
            assertEquals("a", watching.stats().map("agent").text("name"), "a reply, not a change");
        }
    }

    @Test
    void aClientThatDoesNotReadHearsHowManyChangesItMissed() throws Exception {
        int written = 0;
        long seen = 0;
        try (RpcClient slow = agent.connect()) {
            slow.state().watch(null, "");
            while (agent.counted("rpc_events_dropped") == 0) {
                agent.put("m", "k", new byte[60_000]);
                written++;
                assertTrue(written < 2000, "nothing is dropped");
            }
            RpcMap item;
            long missed = 0;
            while (seen + missed < written) {
                item = slow.next();
                missed += item.number("Gap");
                seen += item.has("Gap") ? 0 : 1;
            }
            assertTrue(missed > 0 && seen + missed == written, seen + " seen, " + missed + " missed of " + written);
        }
    }

    @Test
    void withAStateFileWhatWasWrittenIsThereAfterARestart(@TempDir Path dir) throws Exception {
        Map<Setting, String> flags =
                Map.of(Setting.STATE_FILE, dir.resolve("shared.state").toString());
        try (InsideAgent first = InsideAgent.start("f", flags)) {
            assertEquals("Put 'eu' into map 'routes'\n", first.type("map", "put", "routes", "eu", "10.0.0.1"));
        }
        try (InsideAgent again = InsideAgent.start("f", flags)) {
            assertEquals("10.0.0.1\n", again.type("map", "get", "routes", "eu"));
        }
    }

    @Test
    void statsShowTheFiguresOfSharedState() {
        assertEquals("1\n", agent.type("counter", "add", "c"));
        Await.until(
                "an entry among the figures",
                BOUND,
                () -> agent.type("state", "stats").lines().anyMatch(line -> line.matches("entries +[1-9]\\d*")));
        assertTrue(agent.type("state", "stats", "-format=json").contains("\"live\": \""), "as JSON");
    }

    @Test
    void withATokenItIsNeededHereToo() throws Exception {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (RpcServer guarded = RpcServer.start(free, agent.cluster(), new LogRing(), "sekret", () -> {});
                RpcClient client = RpcClient.connect(guarded.address(), "")) {
            RpcException refused =
                    assertThrows(RpcException.class, () -> client.state().count("c", 1));
            assertEquals("Authentication required", refused.getMessage());
        }
        assertEquals(0, agent.cluster().state().counter("c").value());
    }

    @Test
    void anAgentThatTakesNoPartSaysSoInsteadOfSeemingEmpty() throws Exception {
        try (InsideAgent without = InsideAgent.start("w", Map.of(Setting.STATE, "false"))) {
            String rule = "this agent takes no part in shared state: it runs with -state=false\n[exit 1]\n";
            assertEquals("Error reading map: " + rule, without.type("map", "routes"));
            assertEquals("Error writing counter: " + rule, without.type("counter", "add", "c"));
            assertEquals("Error watching state: " + rule, without.type("state", "watch"));
        }
    }

    @Test
    void whoWritesTooFastIsToldToTryAgain() throws Exception {
        try (InsideAgent slow = InsideAgent.start("s", Map.of(Setting.STATE_RATE, "1024"))) {
            slow.join(agent, 2);
            String[] said = {""};
            Map<String, Integer> puts = new LinkedHashMap<>();
            Await.until("a write to be refused", BOUND, () -> {
                try (RpcClient client = slow.connect()) {
                    client.state().put("m", "k" + puts.merge("", 1, Integer::sum), new byte[65_000], Duration.ZERO);
                } catch (RpcException e) {
                    said[0] = String.valueOf(e.getMessage());
                }
                return !said[0].isEmpty();
            });
            assertTrue(said[0].contains("wait to be sent") && said[0].contains("try again in "), said[0]);
            assertEquals(0, slow.counted("rpc_state_refused"), "no mistake of the client's");
        }
    }

    private static String change(RpcMap item) {
        return item.text("Key") + ": " + side(item, "Before") + " -> " + side(item, "After");
    }

    private static String side(RpcMap item, String name) {
        return item.isBytes(name) ? item.text(name) : "null";
    }

    private static List<String> texts(List<byte[]> values) {
        return values.stream().map(RpcMap::text).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
