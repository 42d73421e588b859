package dev.hearsay.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.HostPort;
import dev.hearsay.agent.handler.HandlerSpec;
import dev.hearsay.agent.log.LogLevel;
import dev.hearsay.core.SerfConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes of files and flags. */
class ConfigSourceTest {
    private static final String KEY = "T9jncgl9mbLus+baTTa7q7nPSUrXwbDi2dhbtqir37s=";

    /** Every key that Serf has, but for those that exclude others. */
    private static final String ALL = """
            {
              "node_name": "web-1", "role": "web", "disable_coordinates": true, "tags": {"dc": "eu"},
              "bind": "127.0.0.1:7000", "advertise": "10.0.0.1", "encrypt_key": "%s",
              "log_level": "DEBUG", "rpc_addr": "127.0.0.1:7001", "rpc_auth": "secret", "protocol": 4,
              "replay_on_join": true, "query_response_size_limit": 2048, "query_size_limit": 3072,
              "user_event_size_limit": 4096, "start_join": ["10.0.0.2", "10.0.0.3:7947"],
              "event_handlers": ["a.sh", "user:deploy=b.sh"], "profile": "wan", "snapshot_path": "members.snap",
              "leave_on_terminate": true, "skip_leave_on_interrupt": true, "discover": "prod",
              "mdns": {"interface": "lo", "disable_ipv4": false, "disable_ipv6": true}, "interface": "lo",
              "reconnect_interval": "10s", "reconnect_timeout": "48h", "tombstone_timeout": "12h",
              "disable_name_resolution": true, "enable_syslog": true, "syslog_facility": "daemon",
              "retry_join": ["10.0.0.4"], "retry_max_attempts": 3, "retry_interval": "1m30s",
              "rejoin_after_leave": true, "enable_compression": true, "statsite_addr": "10.0.0.5:8125",
              "statsd_addr": "10.0.0.6:8125", "broadcast_timeout": "7s", "validate_node_names": true,
              "MsgpackUseNewTimeFormat": true
            }
            """.formatted(KEY);

    @TempDir
    Path folder;

    @Test
    void aFileOfSerfWithEveryKeyLoadsUnchanged() throws Exception {
        AgentSettings read = read(write("all.json", ALL));
        AgentSettings.Node node = read.node();
        assertEquals("web-1", node.name());
        assertEquals(Map.of("dc", "eu", "role", "web"), node.tags());
        assertEquals(new HostPort("127.0.0.1", 7000), node.bind());
        assertEquals("10.0.0.1", node.advertise().host());
        assertEquals(new SerfConfig(4096, 3072, 2048, false), node.serf());
        assertEquals(KEY, node.wire().keyring().primary().toBase64());
        assertTrue(node.wire().compress() && node.validateNames());
        assertEquals(4, node.protocol());
        assertEquals(Duration.ofSeconds(5).toNanos(), node.config().protocolPeriodNanos(), "the WAN preset");
        assertEquals(Duration.ofSeconds(10).toNanos(), node.config().reconnectIntervalNanos());
        assertEquals(Duration.ofDays(2).toNanos(), node.config().reapFailedAfterNanos());
        assertEquals(Duration.ofHours(12).toNanos(), node.config().reapLeftAfterNanos());
        assertEquals(Duration.ofSeconds(7).toNanos(), node.config().leaveTimeoutNanos());
        assertEquals(new AgentSettings.Files(null, null, Path.of("members.snap"), true), read.files());
        assertEquals("secret", read.rpc().auth());
        assertEquals(7001, read.rpc().address().getPort());
        assertEquals(
                new AgentSettings.Joining(
                        List.of("10.0.0.2", "10.0.0.3:7947"), List.of("10.0.0.4"), Duration.ofSeconds(90), 3, true),
                read.joining());
        assertEquals(
                List.of(HandlerSpec.parse("a.sh"), HandlerSpec.parse("user:deploy=b.sh")),
                read.handlers().specs());
        assertEquals(new AgentSettings.Ending(true, true, false, false), read.ending());
        assertEquals(new AgentSettings.Logging(LogLevel.DEBUG, "DAEMON"), read.logging());
        assertEquals(new AgentSettings.Mdns("prod", "lo", true, false), read.mdns());
        assertEquals(
                new AgentSettings.Metrics(new HostPort("10.0.0.6", 8125), new HostPort("10.0.0.5", 8125)),
                read.metrics());
    }

    @Test
    void theSameInYamlIsTheSame() throws Exception {
        // JSON is YAML, nearly; this is what people write.
        Path yaml = write("agent.yaml", """
                # A comment.
                node_name: web-1
                tags: {dc: eu, rack: "7"}
                start_join:
                  - 10.0.0.2
                mdns:
                  disable_ipv6: true
                discover: prod
                retry_interval: 1m
                user_event_size_limit: 1024
                leave_on_terminate: true
                """);
        AgentSettings read = read(yaml);
        assertEquals("web-1", read.node().name());
        assertEquals(Map.of("dc", "eu", "rack", "7"), read.node().tags());
        assertEquals(List.of("10.0.0.2"), read.joining().seeds());
        assertEquals(new AgentSettings.Mdns("prod", "", true, false), read.mdns());
        assertEquals(Duration.ofMinutes(1), read.joining().retryInterval());
        assertEquals(1024, read.node().serf().userEventBytes());
        assertTrue(read.ending().leaveOnTerminate());
        assertEquals(
                read(write("all.json", ALL)).node().tags(),
                read(write("all.yml", ALL)).node().tags());
        assertEquals("", read(write("comments.yaml", "# nothing\n")).node().name());
    }

    @Test
    void filesComeInOrderAndThenFlagsListsGrowAndTagsMerge() throws Exception {
        write("b.json", "{\"profile\": \"wan\", \"start_join\": [\"b\"], \"tags\": {\"x\": \"b\", \"y\": \"b\"}}");
        write("a.yml", "profile: local\nstart_join: [a]\ntags: {x: a}\nlog_level: warn\n");
        write("c.txt", "not for us");
        Files.createDirectory(folder.resolve("d.json"));
        Path last = write("last", "{\"start_join\": [\"last\"], \"leave_on_terminate\": true, \"node_name\": \"\"}");
        Map<Setting, List<String>> flags = new EnumMap<>(Setting.class);
        flags.put(Setting.JOIN, List.of("f,g"));
        flags.put(Setting.TAGS, List.of("y=flag", "z=flag"));
        flags.put(Setting.NODE, List.of("first", "flag"));
        AgentSettings read = new ConfigSource(List.of(folder.toString(), last.toString()), flags).read();
        // The directory's files by name, and the last one, which is in it under no name that counts.
        assertEquals(List.of("a", "b", "last", "f", "g"), read.joining().seeds());
        assertEquals(Map.of("x", "b", "y", "flag", "z", "flag"), read.node().tags());
        assertEquals("wan", read.node().profile());
        assertEquals("flag", read.node().name());
        assertEquals(LogLevel.WARN, read.logging().level());
        assertTrue(read.ending().leaveOnTerminate());
    }

    @Test
    void aLaterFileSwitchesOffWhatAnEarlierOneSwitchedOn() throws Exception {
        Path on = write("on.json", "{\"leave_on_terminate\": true, \"enable_compression\": true}");
        Path off = write("off.json", "{\"leave_on_terminate\": false}");
        assertFalse(read(on, off).ending().leaveOnTerminate());
        AgentSettings flagged =
                new ConfigSource(List.of(on.toString()), Map.of(Setting.DISABLE_COMPRESSION, List.of("true"))).read();
        assertFalse(flagged.node().wire().compress());
    }

    @Test
    void whatIsEmptyOrZeroSaysNothingAsInSerf() throws Exception {
        AgentSettings read = read(write(
                "empty.json",
                "{\"node_name\": \"\", \"bind\": \"\", \"protocol\": 0, \"query_size_limit\": 0, \"retry_interval\": \"\","
                        + " \"reconnect_interval\": \"0s\", \"tags\": {}, \"tags_file\": null, \"start_join\": []}"));
        assertEquals(shown(new ConfigSource(List.of(), Map.of()).read()), shown(read), "as if there were no file");
        assertEquals(new HostPort("0.0.0.0", 7946), read.node().bind());
        assertEquals(0, guards(write("guards.json", "{\"guards\": 0}")), "Serf does not know guards: 0 is 0");
    }

    /** Two of its parts are no values that could be compared. */
    private static String shown(AgentSettings settings) {
        return settings.toString().replaceAll("@[0-9a-f]+", "")
                + settings.node().config().reconnectIntervalNanos();
    }

    private static int guards(Path file) throws ConfigException {
        return read(file).node().config().guards();
    }

    @Test
    void whatIsTooLowIsRaisedWithSerfsWords() throws Exception {
        AgentSettings read = read(
                write(
                        "low.json",
                        "{\"retry_interval\": \"10ms\", \"broadcast_timeout\": \"1ms\", \"rejoin_after_leave\": true, \"role\": \"x\"}"));
        assertEquals(Duration.ofSeconds(1), read.joining().retryInterval());
        assertEquals(
                List.of(
                        "Warning: 'RetryInterval' is too low. Setting to 1s",
                        "Warning: 'BroadcastTimeout' is too low. Setting to 1s",
                        "Deprecation warning: 'Role' has been replaced with 'Tags'",
                        "Warning: 'RejoinAfterLeave' enabled without snapshot file"),
                read.warnings());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x.json|{\"bogus\": 1}|line 1, key 'bogus': there is no such setting",
                "x.json|{\"bind\": }|line 1, key 'bind': it is not well-formed JSON: Unexpected character",
                "x.json|{\"node_name\": \"a\",~\"protocol\": \"5\"}|line 2, key 'protocol': expected: number",
                "x.json|{~~\"retry_max_attempts\": 1.5}|line 3, key 'retry_max_attempts': expected: number",
                "x.json|{\"start_join\": \"a\"}|line 1, key 'start_join': expected: list of texts",
                "x.json|{\"start_join\": [~1]}|line 2, key 'start_join': expected in it: text, in quotes",
                "x.json|{\"tags\": {\"a\":~5}}|line 2, key 'tags': expected in it: text, in quotes",
                "x.json|{\"leave_on_terminate\": \"yes\"}|line 1, key 'leave_on_terminate': expected: true or false",
                "x.json|{~\"retry_interval\": \"10\"}|line 2: invalid value '10' for retry_interval: write numbers",
                "x.json|{~\"retry_interval\": 10}|line 2, key 'retry_interval': expected: time, in quotes, as \"30s\"",
                "x.json|{\"retry_interval\": \"-5s\"}|line 1: invalid value '-5s' for retry_interval",
                "x.json|{\"mdns\": {\"foo\": 1}}|line 1, key 'mdns.foo': there is no such setting",
                "x.json|{\"mdns\": 1}|line 1, key 'mdns': there is no such setting",
                "x.json|{\"bind\": \"1.2.3.4\"}~x|line 2, key 'bind': it is not well-formed JSON",
                "x.json|{\"bind\": \"1.2.3.4\"}~{}|line 2, key 'bind': there is something behind the end",
                "x.json|[]|line 1: the file must hold an object",
                "x.json|` `|line 1: the file must hold an object",
                "x.json|{\"bind\": \"1.2.3.4\",|line 1, key 'bind': it is not well-formed JSON: Unexpected end-of-input",
                "x.json|{\"rpc_addr\": \"[::1\"}|line 1: invalid value '[::1' for rpc_addr: an IPv6 address with",
                "x.json|{\"statsd_addr\": \"a\"}|line 1: invalid value 'a' for statsd_addr: write host:port",
                "x.json|{\"syslog_facility\": \"X\"}|line 1: invalid value 'X' for syslog_facility: must be a facility",
                "x.json|{\"event_handlers\": [\"a.sh\",\"x=b\"]}|invalid value 'x=b' for event_handlers: Invalid event script: Event 'x' invoking 'b'",
                "x.json|{\"user_event_size_limit\": 9217}|line 1: invalid value '9217' for user_event_size_limit",
                "x.json|{\"encrypt_key\": \"a\", \"keyring_file\": \"f\"}|line 1: invalid value for encrypt_key: ",
                "x.yaml|bind: [1~|line 1, key 'bind': expected: text, in quotes",
                "x.yaml|bind: \"a~|key 'bind': it is not well-formed YAML",
                "x.yaml|tags:~  a: 1~|line 2, key 'tags': expected in it: text, in quotes",
                "x.yaml|bind: &x \"1.2.3.4\"~node_name: *x~|line 2, key 'node_name': an alias (*name) is not understood",
                "x.yaml|node_name: a~---~node_name: b~|there is something behind the end",
                "x.yaml|- a~|line 1: the file must hold an object",
            })
    void aBadFileIsNamedWithLineAndKey(String name, String content, String problem) throws Exception {
        Path file = write(name, content.replace('~', '\n'));
        ConfigException e = assertThrows(ConfigException.class, () -> read(file));
        assertTrue(e.getMessage().startsWith(file + (problem.startsWith("line") ? ", " : "")), e.getMessage());
        assertTrue(e.getMessage().contains(problem), e.getMessage());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }

    @Test
    void aSecretIsNotRepeatedEvenFromAFileThatCannotBeParsed() throws Exception {
        for (String content :
                List.of("{\"encrypt_key\": hunter2}", "{\"encrypt_key\": \"hunter2\"}", "{\"rpc_auth\": hunter2}")) {
            Path file = write("secret.json", content);
            ConfigException e = assertThrows(ConfigException.class, () -> read(file));
            assertFalse(e.getMessage().contains("hunter2"), e.getMessage());
        }
    }

    @Test
    void settingsThatExcludeEachOtherAreNamedWithTheirPlaces() throws Exception {
        Path file = write("key.json", "{\n\"encrypt_key\": \"" + KEY + "\"}");
        ConfigSource keys =
                new ConfigSource(List.of(file.toString()), Map.of(Setting.KEYRING_FILE, List.of("keys.json")));
        assertEquals(
                "Encryption key not allowed while using a keyring: encrypt_key (" + file
                        + ", line 2) and -keyring-file exclude each other; put the key into the file",
                assertThrows(ConfigException.class, keys::read).getMessage());
        ConfigSource tags = new ConfigSource(
                List.of(write("t.json", "{\"tags_file\": \"f\"}").toString()), Map.of(Setting.TAGS, List.of("a=b")));
        assertTrue(assertThrows(ConfigException.class, tags::read)
                .getMessage()
                .startsWith("Tags config not allowed while using tag files: -tag and tags_file ("));
    }

    @Test
    void aPathThatIsNotThereIsNamed() {
        ConfigSource source =
                new ConfigSource(List.of(folder.resolve("none.json").toString()), Map.of());
        assertEquals(
                folder.resolve("none.json") + ": there is no such file",
                assertThrows(ConfigException.class, source::read).getMessage());
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static AgentSettings read(Path... files) throws ConfigException {
        return new ConfigSource(List.of(files).stream().map(Path::toString).toList(), Map.of()).read();
    }
}
