package dev.hearsay.agent.config;

import dev.hearsay.agent.HostPort;
import dev.hearsay.agent.handler.HandlerSpec;
import dev.hearsay.agent.log.LogLevel;
import dev.hearsay.core.Config;
import dev.hearsay.core.SerfConfig;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.wire.WireConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent was told, checked. Paths are null, and texts empty, where nobody said anything.
 *
 * @param http null for none
 * @param warnings what was put right, for the operator, one line each
 */
public record AgentSettings(
        Node node,
        Files files,
        State state,
        Rpc rpc,
        @Nullable Http http,
        Joining joining,
        Handlers handlers,
        Ending ending,
        Logging logging,
        @Nullable Mdns mdns,
        Metrics metrics,
        List<String> warnings) {

    /**
     * The node itself.
     *
     * @param name empty for the name of this host
     * @param bind where to listen; host may be a wildcard
     * @param advertise where others reach it; an empty host for the default
     * @param tags what it says of itself, those of the tags file included
     * @param profile lan, wan or local, for the banner
     * @param config how it behaves
     * @param serf limits of events and queries
     * @param wire what goes around messages: keys, label, compression
     * @param protocol Serf's protocol version to announce, 2 to 5
     * @param allow the networks that members may live in; none for anywhere
     * @param validateNames whether members' names must follow Serf's rule
     */
    public record Node(
            String name,
            HostPort bind,
            HostPort advertise,
            Map<String, String> tags,
            String profile,
            Config config,
            SerfConfig serf,
            WireConfig wire,
            int protocol,
            List<String> allow,
            boolean validateNames) {}

    /**
     * What the agent keeps for its next start.
     *
     * @param tags where tags go that a command changes
     * @param keyring where keys go that a query changes
     * @param snapshot where members and clocks go
     * @param rejoinAfterLeave whether to join those of the snapshot even after a leave
     */
    public record Files(
            @Nullable Path tags,
            @Nullable Path keyring,
            @Nullable Path snapshot,
            boolean rejoinAfterLeave) {}

    /**
     * What all members share.
     *
     * @param config how it spreads, and how much of it there may be
     * @param file where it goes, for the next start; null for nowhere
     */
    public record State(StateConfig config, @Nullable Path file) {}

    /**
     * The command line's way in.
     *
     * @param address where to listen
     * @param auth the token that commands must present; empty for none
     */
    public record Rpc(InetSocketAddress address, String auth) {}

    /**
     * The way in for browsers, scripts and Prometheus.
     *
     * @param address where to listen
     * @param token what requests must present; empty for nothing, which only a loopback address may have
     */
    public record Http(InetSocketAddress address, String token) {}

    /**
     * Whom to join.
     *
     * @param seeds to join at the start, or fail
     * @param retrySeeds to keep trying
     * @param retryInterval between attempts
     * @param retryMax attempts before the agent gives up and exits; 0 for no limit
     * @param replay whether to hear the user events that the cluster remembers
     */
    public record Joining(
            List<String> seeds, List<String> retrySeeds, Duration retryInterval, int retryMax, boolean replay) {}

    /**
     * Scripts that run on events.
     *
     * @param specs in the order given
     * @param timeout after which a script is killed
     */
    public record Handlers(List<HandlerSpec> specs, Duration timeout) {}

    /**
     * How the agent ends.
     *
     * @param leaveOnTerminate whether TERM leaves the cluster first
     * @param skipLeaveOnInterrupt whether INT does not
     * @param onNameLost whether to stop when most members say that the name is somebody else's
     * @param withParent whether to stop when standard input ends, because whoever started the agent is gone
     */
    public record Ending(
            boolean leaveOnTerminate, boolean skipLeaveOnInterrupt, boolean onNameLost, boolean withParent) {}

    /**
     * The log.
     *
     * @param level the least that the console and syslog show
     * @param syslogFacility as {@code LOCAL0}; empty for no syslog
     */
    public record Logging(LogLevel level, String syslogFacility) {}

    /**
     * Finding others by multicast DNS.
     *
     * @param cluster the name that those of one cluster share
     * @param iface the network interface; empty for the default one
     * @param ipv4 whether to use IPv4
     * @param ipv6 whether to use IPv6
     */
    public record Mdns(String cluster, String iface, boolean ipv4, boolean ipv6) {}

    /**
     * Where figures are sent.
     *
     * @param statsd by UDP
     * @param statsite by TCP
     */
    public record Metrics(
            @Nullable HostPort statsd, @Nullable HostPort statsite) {}
}
