package dev.hearsay.agent.config;

import dev.hearsay.agent.HostPort;
import dev.hearsay.agent.state.KeyringFile;
import dev.hearsay.agent.state.TagsFile;
import dev.hearsay.agent.state.TokenFile;
import dev.hearsay.core.Config;
import dev.hearsay.core.ConfigBuilder;
import dev.hearsay.wire.WireConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes settings of a draft: checks them against each other and against this machine, and reads the files they name. */
final class Settling {
    private final Draft draft;

    Settling(Draft draft) {
        this.draft = draft;
    }

    AgentSettings settle() throws ConfigException {
        AgentSettings.Node node = new AgentSettings.Node(
                draft.node,
                bind(),
                draft.advertise,
                tags(),
                draft.profile,
                config(),
                draft.serf,
                wire(),
                draft.protocol,
                draft.allow,
                draft.validateNames);
        if (draft.rejoin && draft.snapshot == null) {
            draft.warnings.add("Warning: 'RejoinAfterLeave' enabled without snapshot file");
        }
        if (draft.state.file != null && !draft.state.enabled) {
            draft.warnings.add("Warning: " + origin(Setting.STATE_FILE) + " is not used: shared state is off");
        }
        return new AgentSettings(
                node,
                new AgentSettings.Files(draft.tagsFile, draft.keyringFile, draft.snapshot, draft.rejoin),
                new AgentSettings.State(draft.state.config(draft.profile), draft.state.file),
                new AgentSettings.Rpc(rpc(), draft.rpcAuth),
                http(),
                new AgentSettings.Joining(
                        draft.join, draft.retryJoin, draft.retryInterval, draft.retryMax, draft.replay),
                new AgentSettings.Handlers(draft.handlers, draft.handlerTimeout),
                new AgentSettings.Ending(
                        draft.leaveOnTerminate, draft.skipLeaveOnInterrupt, draft.nameResolution, draft.stopWithParent),
                new AgentSettings.Logging(draft.level, draft.syslog ? draft.syslogFacility : ""),
                mdns(),
                new AgentSettings.Metrics(draft.statsd, draft.statsite),
                List.copyOf(draft.warnings));
    }

    private Config config() {
        ConfigBuilder config = draft.preset.toBuilder()
                .leaveTimeout(draft.broadcastTimeout)
                .guards(draft.guards)
                .heartbeats(draft.heartbeats);
        if (draft.reconnectInterval != null) {
            config.reconnectInterval(draft.reconnectInterval);
        }
        if (draft.reconnectTimeout != null) {
            config.reapFailedAfter(draft.reconnectTimeout);
        }
        if (draft.tombstoneTimeout != null) {
            config.reapLeftAfter(draft.tombstoneTimeout);
        }
        return config.build();
    }

    private Map<String, String> tags() throws ConfigException {
        Map<String, String> tags = new TreeMap<>(draft.tags);
        if (!draft.role.isEmpty()) {
            draft.warnings.add("Deprecation warning: 'Role' has been replaced with 'Tags'");
            tags.put("role", draft.role);
        }
        if (draft.tagsFile == null) {
            return tags;
        }
        if (!tags.isEmpty()) {
            throw new ConfigException("Tags config not allowed while using tag files: "
                    + origin(draft.tags.isEmpty() ? Setting.ROLE : Setting.TAGS) + " and "
                    + origin(Setting.TAGS_FILE) + " exclude each other");
        }
        try {
            return new TagsFile(draft.tagsFile).read();
        } catch (IOException e) {
            throw invalid(Setting.TAGS_FILE, draft.tagsFile.toString(), String.valueOf(e.getMessage()));
        }
    }

    private WireConfig wire() throws ConfigException {
        if (draft.key != null && draft.keyringFile != null) {
            throw new ConfigException("Encryption key not allowed while using a keyring: " + origin(Setting.ENCRYPT)
                    + " and " + origin(Setting.KEYRING_FILE) + " exclude each other; put the key into the file");
        }
        if (draft.key != null) {
            draft.wire.keyring(draft.key);
        } else if (draft.keyringFile != null) {
            try {
                draft.wire.keyring(new KeyringFile(draft.keyringFile).read());
            } catch (IOException e) {
                throw invalid(Setting.KEYRING_FILE, draft.keyringFile.toString(), String.valueOf(e.getMessage()));
            }
        }
        return draft.wire.build();
    }

    private InetSocketAddress rpc() throws ConfigException {
        try {
            return draft.rpc.resolved();
        } catch (IllegalArgumentException e) {
            throw invalid(Setting.RPC_ADDR, draft.rpc.toString(), String.valueOf(e.getMessage()));
        }
    }

    private AgentSettings.@Nullable Http http() throws ConfigException {
        if (draft.http == null) {
            return null;
        }
        String host = draft.http.host().isEmpty() ? "127.0.0.1" : draft.http.host();
        InetSocketAddress address = new InetSocketAddress(host, draft.http.port());
        if (address.isUnresolved()) {
            throw invalid(Setting.HTTP_ADDR, draft.http.toString(), "the name '" + host + "' cannot be resolved");
        }
        String token = httpToken();
        if (token.isEmpty() && !address.getAddress().isLoopbackAddress()) {
            throw invalid(
                    Setting.HTTP_ADDR,
                    draft.http.toString(),
                    "an address that others can reach needs a token: set -http-token-file or -http-token");
        }
        return new AgentSettings.Http(address, token);
    }

    private String httpToken() throws ConfigException {
        if (draft.httpTokenFile == null) {
            return draft.httpToken;
        }
        if (!draft.httpToken.isEmpty()) {
            throw new ConfigException(
                    origin(Setting.HTTP_TOKEN) + " and " + origin(Setting.HTTP_TOKEN_FILE) + " exclude each other");
        }
        try {
            return TokenFile.read(draft.httpTokenFile);
        } catch (IOException e) {
            throw invalid(Setting.HTTP_TOKEN_FILE, draft.httpTokenFile.toString(), String.valueOf(e.getMessage()));
        }
    }

    private AgentSettings.@Nullable Mdns mdns() throws ConfigException {
        if (draft.discover.isEmpty()) {
            if (!draft.mdnsIface.isEmpty()) {
                throw new ConfigException("mDNS interface specified without enabling mDNS discovery: "
                        + origin(Setting.MDNS_IFACE) + " needs -discover");
            }
            return null;
        }
        if (!draft.mdnsIpv4 && !draft.mdnsIpv6) {
            throw new ConfigException("Invalid mDNS configuration: both IPv4 and IPv6 are disabled");
        }
        String iface = draft.mdnsIface.isEmpty() ? draft.iface : draft.mdnsIface;
        if (!iface.isEmpty()) {
            addresses(draft.mdnsIface.isEmpty() ? Setting.IFACE : Setting.MDNS_IFACE, iface);
        }
        return new AgentSettings.Mdns(draft.discover, iface, draft.mdnsIpv4, draft.mdnsIpv6);
    }

    private HostPort bind() throws ConfigException {
        boolean written = draft.origin(Setting.BIND) != null
                && !draft.bind.host().isEmpty()
                && !draft.bind.host().equals("0.0.0.0");
        if (draft.iface.isEmpty()) {
            return draft.bind.host().isEmpty() ? new HostPort("0.0.0.0", draft.bind.port()) : draft.bind;
        }
        List<String> hosts = addresses(Setting.IFACE, draft.iface);
        if (written && !hosts.contains(draft.bind.host())) {
            throw invalid(
                    Setting.IFACE,
                    draft.iface,
                    "it has no address " + draft.bind.host() + " as -bind says, but " + hosts);
        }
        return written ? draft.bind : new HostPort(hosts.get(0), draft.bind.port());
    }

    /** The addresses of the interface, IPv4 first; at least one. */
    private List<String> addresses(Setting setting, String name) throws ConfigException {
        List<String> hosts = List.of();
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            if (found != null) {
                hosts = found.inetAddresses()
                        .sorted((a, b) -> a.getAddress().length - b.getAddress().length)
                        .map(InetAddress::getHostAddress)
                        .toList();
            }
        } catch (SocketException e) {
            throw invalid(setting, name, "it cannot be read: " + e.getMessage());
        }
        if (hosts.isEmpty()) {
            throw invalid(setting, name, "there is no such network interface with an address");
        }
        return hosts;
    }

    private String origin(Setting setting) {
        Given given = draft.origin(setting);
        return given == null ? setting.key() : given.origin();
    }

    private ConfigException invalid(Setting setting, String value, String rule) {
        Given given = draft.origin(setting);
        return (given == null ? Given.initial(setting) : given).invalid(value, rule);
    }
}
