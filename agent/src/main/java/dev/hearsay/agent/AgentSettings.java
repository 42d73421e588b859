package dev.hearsay.agent;

import dev.hearsay.agent.log.LogLevel;
import dev.hearsay.core.Config;
import dev.hearsay.wire.WireConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What an agent was told on its command line, checked.
 *
 * @param node its name; empty for the name of this host
 * @param bind where to listen; host may be a wildcard
 * @param advertise where others reach it; an empty host for the default
 * @param tags what it says of itself
 * @param profile lan, wan or local, for the banner
 * @param config how the node behaves
 * @param wire what goes around messages: keys, label, compression
 * @param allow the networks that members may live in; none for anywhere
 * @param validateNames whether members' names must follow Serf's rule
 * @param rpc where to listen for command lines
 * @param rpcAuth the token they must present; empty for none
 * @param join seeds to join at the start, or fail
 * @param retry seeds to keep trying
 * @param logLevel the least level that the console shows
 * @param stopWithParent whether to stop when standard input ends, because whoever started it is gone
 */
public record AgentSettings(
        String node,
        HostPort bind,
        HostPort advertise,
        Map<String, String> tags,
        String profile,
        Config config,
        WireConfig wire,
        List<String> allow,
        boolean validateNames,
        InetSocketAddress rpc,
        String rpcAuth,
        List<String> join,
        Retry retry,
        LogLevel logLevel,
        boolean stopWithParent) {

    /**
     * Seeds to keep trying.
     *
     * @param seeds addresses; none to try nothing
     * @param interval between attempts
     * @param max attempts before the agent gives up and exits; 0 for no limit
     */
    public record Retry(List<String> seeds, Duration interval, int max) {}
}
