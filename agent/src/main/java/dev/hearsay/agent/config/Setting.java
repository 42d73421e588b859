package dev.hearsay.agent.config;

import static dev.hearsay.agent.config.Kind.LIST;
import static dev.hearsay.agent.config.Kind.NUMBER;
import static dev.hearsay.agent.config.Kind.PAIRS;
import static dev.hearsay.agent.config.Kind.SWITCH;
import static dev.hearsay.agent.config.Kind.TEXT;
import static dev.hearsay.agent.config.Kind.TIME;

import dev.hearsay.core.HeartbeatConfig;
import dev.hearsay.core.SerfConfig;
import dev.hearsay.core.detector.Guards;
import dev.hearsay.core.state.StateConfig;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of an agent: its key in a file, its flag, what it looks like, and where it goes. Keys and flags are Serf's
 * where Serf has them. {@code docs/configuration.md} is held against this table.
 */
@SuppressWarnings("ImmutableEnumChecker") // The setters are lambdas without state.
public enum Setting {
    NODE("node_name", "-node", TEXT, "", (d, g) -> d.node = g.text()),
    BIND("bind", "-bind", TEXT, "0.0.0.0:7946", (d, g) -> d.bind = g.hostPort(Draft.PORT)),
    IFACE("interface", "-iface", TEXT, "", (d, g) -> d.iface = g.text()),
    ADVERTISE("advertise", "-advertise", TEXT, "", (d, g) -> d.advertise = g.hostPort(0)),
    CONFIG("", "-config-file", LIST, "", (d, g) -> {}),
    JOIN("start_join", "-join", LIST, "", (d, g) -> d.join.addAll(g.addresses(Draft.PORT))),
    REPLAY("replay_on_join", "-replay", SWITCH, "false", (d, g) -> d.replay = g.on()),
    RETRY_JOIN("retry_join", "-retry-join", LIST, "", (d, g) -> d.retryJoin.addAll(g.addresses(Draft.PORT))),
    RETRY_INTERVAL(
            "retry_interval",
            "-retry-interval",
            TIME,
            "30s",
            (d, g) -> d.retryInterval = d.atLeastOneSecond("RetryInterval", g.time())),
    RETRY_MAX("retry_max_attempts", "-retry-max", NUMBER, "0", (d, g) -> d.retryMax = g.number(0, 1_000_000)),
    DISCOVER("discover", "-discover", TEXT, "", (d, g) -> d.discover = g.text()),
    MDNS_IFACE("mdns.interface", "-mdns-iface", TEXT, "", (d, g) -> d.mdnsIface = g.text()),
    MDNS_DISABLE_IPV4("mdns.disable_ipv4", "-mdns-disable-ipv4", SWITCH, "false", (d, g) -> d.mdnsIpv4 = !g.on()),
    MDNS_DISABLE_IPV6("mdns.disable_ipv6", "-mdns-disable-ipv6", SWITCH, "false", (d, g) -> d.mdnsIpv6 = !g.on()),
    TAGS("tags", "-tag", PAIRS, "", (d, g) -> d.tags.putAll(g.named())),
    ROLE("role", "-role", TEXT, "", (d, g) -> d.role = g.text()),
    TAGS_FILE("tags_file", "-tags-file", TEXT, "", (d, g) -> d.tagsFile = g.path()),
    PROFILE("profile", "-profile", TEXT, "lan", Draft::profile),
    RPC_ADDR("rpc_addr", "-rpc-addr", TEXT, "127.0.0.1:7373", (d, g) -> d.rpc = g.hostPort(Draft.RPC_PORT)),
    RPC_AUTH("rpc_auth", "-rpc-auth", TEXT, "", (d, g) -> d.rpcAuth = g.text()),
    HTTP_ADDR("http_addr", "-http-addr", TEXT, "127.0.0.1:7474", Draft::http),
    HTTP_TOKEN("http_token", "-http-token", TEXT, "", Draft::httpToken),
    HTTP_TOKEN_FILE("http_token_file", "-http-token-file", TEXT, "", (d, g) -> d.httpTokenFile = g.path()),
    LOG_LEVEL("log_level", "-log-level", TEXT, "info", Draft::logLevel),
    SYSLOG("enable_syslog", "-syslog", SWITCH, "false", (d, g) -> d.syslog = g.on()),
    SYSLOG_FACILITY("syslog_facility", "", TEXT, "LOCAL0", Draft::syslogFacility),
    EVENT_HANDLER("event_handlers", "-event-handler", LIST, "", Draft::handlers),
    HANDLER_TIMEOUT("handler_timeout", "-handler-timeout", TIME, "30s", (d, g) -> d.handlerTimeout = g.time()),
    SNAPSHOT("snapshot_path", "-snapshot", TEXT, "", (d, g) -> d.snapshot = g.path()),
    REJOIN("rejoin_after_leave", "-rejoin", SWITCH, "false", (d, g) -> d.rejoin = g.on()),
    BROADCAST_TIMEOUT(
            "broadcast_timeout",
            "-broadcast-timeout",
            TIME,
            "5s",
            (d, g) -> d.broadcastTimeout = d.atLeastOneSecond("BroadcastTimeout", g.time())),
    PROTOCOL("protocol", "-protocol", NUMBER, "5", Draft::protocol),
    GUARDS("guards", "-guards", NUMBER, "3", (d, g) -> d.guards = g.number(0, Guards.MAX_WARDS)),
    DETECTOR("detector", "-detector", TEXT, "swim", Draft::detector),
    HEARTBEAT_INTERVAL(
            "heartbeat_interval",
            "-heartbeat-interval",
            TIME,
            "1s",
            (d, g) -> d.heartbeats(g, d.heartbeats::withInterval)),
    HEARTBEAT_FANOUT(
            "heartbeat_fanout", "", NUMBER, "3", (d, g) -> d.heartbeats = d.heartbeats.withFanout(g.number(1, 64))),
    HEARTBEAT_SUBSET_BYTES(
            "heartbeat_subset_bytes",
            "",
            NUMBER,
            "1200",
            (d, g) -> d.heartbeats = d.heartbeats.withSubsetBytes(g.number(1, 60_000))),
    HEARTBEAT_TIMEOUT("heartbeat_timeout", "", TIME, "", (d, g) -> d.heartbeats(g, d.heartbeats::withTimeout)),
    PHI_THRESHOLD(
            "phi_threshold",
            "-phi-threshold",
            NUMBER,
            "8",
            (d, g) -> d.heartbeats = d.heartbeats.withThreshold(g.number(1, 100))),
    PHI_WINDOW(
            "phi_window",
            "",
            NUMBER,
            "100",
            (d, g) -> d.heartbeats = d.heartbeats.withWindow(g.number(2, HeartbeatConfig.MAX_WINDOW))),
    PHI_LEAST_DEVIATION(
            "phi_least_deviation", "", TIME, "100ms", (d, g) -> d.heartbeats(g, d.heartbeats::withLeastDeviation)),
    PHI_ACCEPTABLE_PAUSE(
            "phi_acceptable_pause", "", TIME, "3s", (d, g) -> d.heartbeats(g, d.heartbeats::withAcceptablePause)),
    STATE("state", "-state", SWITCH, "true", (d, g) -> d.state.enabled = g.on()),
    STATE_FILE("state_file", "-state-file", TEXT, "", (d, g) -> d.state.file = g.path()),
    STATE_MODE("state_mode", "-state-mode", TEXT, "push-then-pull", (d, g) -> d.state.mode(g)),
    STATE_FANOUT("state_fanout", "-state-fanout", NUMBER, "4", (d, g) -> d.state.fanout = g.number(1, 32)),
    STATE_INTERVAL("state_interval", "-state-interval", TIME, "1s", (d, g) -> d.state.interval(g)),
    STATE_RATE("state_rate", "-state-rate", NUMBER, "", (d, g) -> d.state.rate = g.longNumber(1 << 10, 1L << 40)),
    STATE_MAX_ENTRIES(
            "state_max_entries",
            "-state-max-entries",
            NUMBER,
            "1000000",
            (d, g) -> d.state.maxEntries = g.number(1, Integer.MAX_VALUE)),
    STATE_MAX_BYTES(
            "state_max_bytes",
            "-state-max-bytes",
            NUMBER,
            "268435456",
            (d, g) -> d.state.maxBytes = g.longNumber(1, 1L << 50)),
    STATE_MAX_VALUE(
            "state_max_value",
            "-state-max-value",
            NUMBER,
            "65536",
            (d, g) -> d.state.maxValue = g.number(1, StateConfig.MOST_VALUE_BYTES)),
    STATE_GRACE("state_grace", "-state-grace", TIME, "1h", (d, g) -> d.state.grace = g.time()),
    ENCRYPT("encrypt_key", "-encrypt", TEXT, "", Draft::encrypt),
    KEYRING_FILE("keyring_file", "-keyring-file", TEXT, "", (d, g) -> d.keyringFile = g.path()),
    VERIFY_INCOMING(
            "encrypt_verify_incoming",
            "-encrypt-verify-incoming",
            SWITCH,
            "true",
            (d, g) -> d.wire.verifyIncoming(g.on())),
    VERIFY_OUTGOING(
            "encrypt_verify_outgoing",
            "-encrypt-verify-outgoing",
            SWITCH,
            "true",
            (d, g) -> d.wire.verifyOutgoing(g.on())),
    LABEL("label", "-label", TEXT, "", Draft::label),
    SKIP_INBOUND_LABEL_CHECK(
            "skip_inbound_label_check",
            "-skip-inbound-label-check",
            SWITCH,
            "false",
            (d, g) -> d.wire.skipInboundLabelCheck(g.on())),
    ENABLE_COMPRESSION("enable_compression", "-enable-compression", SWITCH, "false", (d, g) -> d.wire.compress(g.on())),
    DISABLE_COMPRESSION("", "-disable-compression", SWITCH, "false", Draft::disableCompression),
    ALLOW_CIDR("allow_cidr", "-allow-cidr", LIST, "", Draft::allow),
    VALIDATE_NODE_NAMES(
            "validate_node_names", "-validate-node-names", SWITCH, "false", (d, g) -> d.validateNames = g.on()),
    LEAVE_ON_TERMINATE("leave_on_terminate", "", SWITCH, "false", (d, g) -> d.leaveOnTerminate = g.on()),
    SKIP_LEAVE_ON_INTERRUPT("skip_leave_on_interrupt", "", SWITCH, "false", (d, g) -> d.skipLeaveOnInterrupt = g.on()),
    DISABLE_NAME_RESOLUTION("disable_name_resolution", "", SWITCH, "false", (d, g) -> d.nameResolution = !g.on()),
    DISABLE_COORDINATES("disable_coordinates", "", SWITCH, "false", (d, g) -> d.serf = d.serf.withCoordinates(!g.on())),
    USER_EVENT_SIZE_LIMIT(
            "user_event_size_limit",
            "",
            NUMBER,
            "512",
            (d, g) -> d.serf = d.serf.withUserEventBytes(g.number(1, SerfConfig.MAX_USER_EVENT_BYTES))),
    QUERY_SIZE_LIMIT(
            "query_size_limit",
            "",
            NUMBER,
            "1024",
            (d, g) -> d.serf = d.serf.withQueryBytes(g.number(1, SerfConfig.MAX_USER_EVENT_BYTES))),
    QUERY_RESPONSE_SIZE_LIMIT(
            "query_response_size_limit",
            "",
            NUMBER,
            "1024",
            (d, g) -> d.serf = d.serf.withAnswerBytes(g.number(1, SerfConfig.MAX_USER_EVENT_BYTES))),
    RECONNECT_INTERVAL("reconnect_interval", "", TIME, "", (d, g) -> d.reconnectInterval = g.time()),
    RECONNECT_TIMEOUT("reconnect_timeout", "", TIME, "", (d, g) -> d.reconnectTimeout = g.time()),
    TOMBSTONE_TIMEOUT("tombstone_timeout", "", TIME, "", (d, g) -> d.tombstoneTimeout = g.time()),
    STATSITE_ADDR("statsite_addr", "", TEXT, "", (d, g) -> d.statsite = Draft.remote(g)),
    STATSD_ADDR("statsd_addr", "", TEXT, "", (d, g) -> d.statsd = Draft.remote(g)),
    MSGPACK_USE_NEW_TIME_FORMAT("msgpackusenewtimeformat", "", SWITCH, "false", (d, g) -> {}),
    STOP_WITH_PARENT("", "-stop-with-parent", SWITCH, "false", (d, g) -> d.stopWithParent = g.on());

    private static final Map<String, Setting> BY_KEY = Stream.of(values())
            .filter(setting -> !setting.key.isEmpty())
            .collect(Collectors.toUnmodifiableMap(Setting::key, setting -> setting));

    private final String key;
    private final String flag;
    private final Kind kind;
    private final String initial;
    private final Setter setter;

    Setting(String key, String flag, Kind kind, String initial, Setter setter) {
        this.key = key;
        this.flag = flag;
        this.kind = kind;
        this.initial = initial;
        this.setter = setter;
    }

    /** Takes a value over into what is being collected, if it keeps the setting's own rule. */
    @FunctionalInterface
    interface Setter {
        void apply(Draft draft, Given given) throws ConfigException;
    }

    /** The setting of that key, in either case as in Serf; null if there is none. */
    static @Nullable Setting find(String key) {
        return BY_KEY.get(key.toLowerCase(Locale.ROOT));
    }

    /** Whether keys of that group exist, as {@code mdns} for {@code mdns.interface}. */
    static boolean isGroup(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ".";
        return BY_KEY.keySet().stream().anyMatch(key -> key.startsWith(prefix));
    }

    void apply(Draft draft, Given given) throws ConfigException {
        setter.apply(draft, given);
    }

    /** Its key in a file; a dot stands for an object in an object. Empty if only a flag sets it. */
    public String key() {
        return key;
    }

    /** Its flag, with one dash; empty if there is none. */
    public String flag() {
        return flag;
    }

    /** What its value looks like. */
    public Kind kind() {
        return kind;
    }

    /** What it is when nobody says anything; empty for none. */
    public String initial() {
        return initial;
    }

    /** Whether an error must not repeat the value. */
    boolean secret() {
        return this == ENCRYPT || this == RPC_AUTH || this == HTTP_TOKEN;
    }
}
