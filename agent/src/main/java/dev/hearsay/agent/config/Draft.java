package dev.hearsay.agent.config;

import dev.hearsay.agent.GoDuration;
import dev.hearsay.agent.HostPort;
import dev.hearsay.agent.handler.HandlerSpec;
import dev.hearsay.agent.log.LogLevel;
import dev.hearsay.agent.log.Syslog;
import dev.hearsay.agent.state.TokenFile;
import dev.hearsay.core.Config;
import dev.hearsay.core.HeartbeatConfig;
import dev.hearsay.core.SerfConfig;
import dev.hearsay.core.membership.AllowList;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.Keyring;
import dev.hearsay.wire.WireConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings being collected: first the defaults, then file by file, then flags; a later one replaces an earlier one, but lists
 * grow. {@link Settling} makes {@link AgentSettings} of the result. The fields are written by the setters of {@link Setting}.
 */
final class Draft {
    /** Where members listen by default. */
    static final int PORT = 7946;
    /** Where agents listen for commands by default. */
    static final int RPC_PORT = 7373;
    /** Where agents answer HTTP by default. */
    static final int HTTP_PORT = 7474;
    /** What to write instead of an address to have none. */
    private static final String OFF = "off";

    /** Serf agents bring shorter ones up to this. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    String node = "";
    HostPort bind = new HostPort("", 0);
    String iface = "";
    HostPort advertise = new HostPort("", 0);
    final List<String> join = new ArrayList<>();
    boolean replay;
    final List<String> retryJoin = new ArrayList<>();
    Duration retryInterval = Duration.ZERO;
    int retryMax;
    String discover = "";
    String mdnsIface = "";
    boolean mdnsIpv4;
    boolean mdnsIpv6;
    final Map<String, String> tags = new LinkedHashMap<>();
    String role = "";

    @Nullable Path tagsFile;

    String profile = "";
    Config preset = Config.lan();
    HostPort rpc = new HostPort("", 0);
    String rpcAuth = "";

    @Nullable HostPort http;

    String httpToken = "";

    @Nullable Path httpTokenFile;

    LogLevel level = LogLevel.INFO;
    boolean syslog;
    String syslogFacility = "";
    final List<HandlerSpec> handlers = new ArrayList<>();
    Duration handlerTimeout = Duration.ZERO;

    @Nullable Path snapshot;

    boolean rejoin;
    Duration broadcastTimeout = Duration.ZERO;
    int protocol;
    int guards;
    HeartbeatConfig heartbeats = HeartbeatConfig.DEFAULTS;
    final StateDraft state = new StateDraft();

    @Nullable Keyring key;

    @Nullable Path keyringFile;

    final WireConfig.Builder wire = new WireConfig.Builder();
    final List<String> allow = new ArrayList<>();
    boolean validateNames;
    boolean leaveOnTerminate;
    boolean skipLeaveOnInterrupt;
    boolean nameResolution;
    SerfConfig serf = SerfConfig.DEFAULTS;

    @Nullable Duration reconnectInterval;

    @Nullable Duration reconnectTimeout;

    @Nullable Duration tombstoneTimeout;

    @Nullable HostPort statsite;

    @Nullable HostPort statsd;

    boolean stopWithParent;

    final List<String> warnings = new ArrayList<>();
    private final Map<Setting, Given> origins = new EnumMap<>(Setting.class);

    /** What nobody has said anything about yet. */
    static Draft ofDefaults() throws ConfigException {
        Draft draft = new Draft();
        for (Setting setting : Setting.values()) {
            if (!setting.initial().isEmpty()) {
                setting.apply(draft, Given.initial(setting));
            }
        }
        return draft;
    }

    /** Takes over what somebody wrote. */
    void take(Given given) throws ConfigException {
        given.setting().apply(this, given);
        origins.put(given.setting(), given);
    }

    /** Where the setting was last written; null if nobody did. */
    @Nullable Given origin(Setting setting) {
        return origins.get(setting);
    }

    void profile(Given given) throws ConfigException {
        profile = given.text();
        preset = switch (profile.toLowerCase(Locale.ROOT)) {
            case "lan" -> Config.lan();
            case "wan" -> Config.wan();
            case "local" -> Config.local();
            default -> throw given.invalid("must be lan, wan or local");
        };
    }

    void detector(Given given) throws ConfigException {
        heartbeats = heartbeats.withDetector(
                switch (given.text().toLowerCase(Locale.ROOT)) {
                    case "swim" -> HeartbeatConfig.Detector.SWIM;
                    case "heartbeat" -> HeartbeatConfig.Detector.HEARTBEAT;
                    default -> throw given.invalid("must be swim or heartbeat");
                });
    }

    /** A duration of how heartbeats are counted, which has rules of its own. */
    void heartbeats(Given given, Function<Duration, HeartbeatConfig> change) throws ConfigException {
        Duration time = given.time();
        try {
            heartbeats = change.apply(time);
        } catch (IllegalArgumentException e) {
            throw given.invalid(String.valueOf(e.getMessage()));
        }
    }

    void http(Given given) throws ConfigException {
        http = given.text().equalsIgnoreCase(OFF) ? null : given.hostPort(HTTP_PORT);
    }

    void httpToken(Given given) throws ConfigException {
        httpToken = given.read(given.text(), TokenFile::checked);
    }

    void logLevel(Given given) throws ConfigException {
        level = given.read(given.text(), LogLevel::parse);
    }

    void syslogFacility(Given given) throws ConfigException {
        syslogFacility = given.text().toUpperCase(Locale.ROOT);
        if (!Syslog.isFacility(syslogFacility)) {
            throw given.invalid("must be a facility of syslog, as LOCAL0, DAEMON or USER");
        }
    }

    void handlers(Given given) throws ConfigException {
        for (String text : given.list()) {
            handlers.add(given.read(text, HandlerSpec::parse));
        }
    }

    void protocol(Given given) throws ConfigException {
        try {
            protocol = given.number(2, 5);
        } catch (ConfigException e) {
            throw given.invalid("Protocol version must be in range: [2, 5]");
        }
    }

    void encrypt(Given given) throws ConfigException {
        key = given.read(given.text(), text -> Keyring.of(GossipKey.parse(text)));
    }

    void label(Given given) throws ConfigException {
        given.read(given.text(), wire::label);
    }

    void disableCompression(Given given) throws ConfigException {
        Given enabled = origin(Setting.ENABLE_COMPRESSION);
        if (given.on() && enabled != null && enabled.byFlag() && enabled.on()) {
            throw new ConfigException("-enable-compression and -disable-compression exclude each other");
        }
        if (given.on()) {
            wire.compress(false);
        }
    }

    void allow(Given given) throws ConfigException {
        List<String> networks = given.items();
        if (networks.isEmpty()) {
            throw given.invalid("write a network, as 10.0.0.0/8");
        }
        given.read(String.join(",", networks), text -> AllowList.of(networks));
        allow.addAll(networks);
    }

    /** Serf's bound, and its words. */
    Duration atLeastOneSecond(String name, Duration time) {
        if (time.compareTo(SHORTEST) >= 0) {
            return time;
        }
        warnings.add("Warning: '" + name + "' is too low. Setting to " + GoDuration.text(SHORTEST));
        return SHORTEST;
    }

    /** A host and a port, both written. */
    static HostPort remote(Given given) throws ConfigException {
        HostPort address = given.hostPort(0);
        if (address.host().isEmpty() || address.port() == 0) {
            throw given.invalid("write host:port");
        }
        return address;
    }
}
