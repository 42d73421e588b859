package dev.hearsay.agent.http;

import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;
import static io.javalin.http.HandlerType.PUT;

import dev.hearsay.agent.Version;
import dev.hearsay.agent.config.AgentSettings;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.JoinResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This agent: what it is, how it fares, its tags, whom it joins, and its end. */
final class AgentRoutes {
    /** Most addresses in one join. */
    static final int MAX_SEEDS = 256;

    private static final Logger LOG = LoggerFactory.getLogger("dev.hearsay.agent.commands");

    private final HttpContext context;
    private final Cluster cluster;

    AgentRoutes(HttpContext context) {
        this.context = context;
        this.cluster = context.cluster();
    }

    /** The agent. */
    record AgentBody(
            @Doc("This agent's member") MemberBody self,
            @Doc("The release of Hearsay") String version,
            @Doc("The version of Java") String java,
            @Doc("When the process started, RFC 3339") String startedAt,

            @Doc("For how long it has been running, in seconds")
            double uptimeSeconds,

            @Doc("Settings, without secrets") ConfigBody config,
            @Doc("The figures of 'hearsay info', by name") Map<String, String> stats) {}

    /** What the agent was told, as far as it is no secret; see docs/configuration.md. */
    record ConfigBody(
            String bind,
            String advertise,
            String rpcAddr,
            String profile,
            boolean encrypted,
            boolean compression,
            boolean label,
            boolean snapshot,
            int protocol,
            int guards,
            List<String> eventHandlers) {}

    /** How the agent is. */
    record Health(
            @Doc("Whether the node runs") boolean live,

            @Doc("Whether it takes part: it runs, is not about to leave, and has joined if it was told to")
            boolean ready,

            @Doc("Lifeguard's local health score: 0 is well, 7 is worst")
            int healthScore,

            @Doc("What the score comes from") String healthReason,

            @Doc("Members that take part, itself included, as this agent believes")
            int membersLive) {}

    /** Tags. */
    record TagsBody(
            @Doc("All tags, by key; those not named are gone")
            Map<String, String> tags) {}

    /** Whom to join. */
    record JoinBody(
            @Doc("Addresses as host, host:port or [ipv6]:port")
            List<String> seeds,

            @Doc(value = "Whether to hear user events that the cluster remembers", optional = true)
            boolean replay) {}

    /** How a join went. */
    record JoinedBody(
            @Doc("How many addresses answered") int contacted,
            @Doc("How it went with each address") List<SeedBody> seeds) {}

    /** How it went with one address. */
    record SeedBody(
            @Doc("As it was asked for") String seed,

            @Doc("ip:port; empty if the name could not be resolved")
            String address,

            @Doc("Whether it answered") boolean joined,
            @Doc("Live members known afterwards") int members,
            @Doc("Why it did not; else empty") String error) {}

    /** Goodbye. */
    record LeftBody(
            @Doc("Always true: the cluster knows, and the agent ends")
            boolean left) {}

    List<Route> routes() {
        return List.of(
                Route.of(GET, "/v1/agent", "This agent: its member, version, settings and figures", this::agent)
                        .answers(200, AgentBody.class),
                Route.of(GET, "/v1/health", "Whether this agent is live and ready", this::health)
                        .parameter("check", "live or ready: which of the two decides on the status; ready by default")
                        .answers(200, Health.class)
                        .answers(503, Health.class),
                Route.of(PUT, "/v1/agent/tags", "Replaces this agent's tags", this::tags)
                        .takes(TagsBody.class)
                        .answers(200, TagsBody.class),
                Route.of(POST, "/v1/join", "Joins this agent to others; 502 if none answers", this::join)
                        .takes(JoinBody.class)
                        .answers(200, JoinedBody.class),
                Route.of(POST, "/v1/leave", "Says goodbye to the cluster and ends the agent", this::leave)
                        .answers(200, LeftBody.class));
    }

    private void agent(Call call) throws IOException {
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        call.reply(
                200,
                new AgentBody(
                        MemberBody.of(cluster.self()),
                        Version.text(),
                        System.getProperty("java.version", ""),
                        Instant.ofEpochMilli(started).toString(),
                        ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0,
                        config(),
                        new TreeMap<>(context.host().figures())));
    }

    private ConfigBody config() {
        AgentSettings settings = context.host().settings();
        AgentSettings.Node node = settings.node();
        return new ConfigBody(
                node.bind().toString(),
                node.advertise().host().isEmpty() ? "" : node.advertise().toString(),
                settings.rpc().address().getHostString() + ":"
                        + settings.rpc().address().getPort(),
                node.profile(),
                cluster.wire().keyring() != null,
                cluster.wire().compress(),
                cluster.wire().label().length() > 0,
                settings.files().snapshot() != null,
                node.protocol(),
                node.config().guards(),
                settings.handlers().specs().stream().map(Object::toString).toList());
    }

    private void health(Call call) throws IOException, Problem {
        String check = call.parameter("check");
        if (check != null && !check.equals("live") && !check.equals("ready")) {
            throw Problem.invalid("check", "must be live or ready");
        }
        Map<String, String> stats = cluster.stats();
        ClusterMember.Status status = cluster.self().status();
        boolean live = !cluster.closed().isDone();
        boolean leaving = status == ClusterMember.Status.LEAVING || status == ClusterMember.Status.LEFT;
        boolean ready = live && !leaving && context.host().joined();
        boolean good = "live".equals(check) ? live : ready;
        call.reply(
                good ? 200 : 503,
                new Health(
                        live,
                        ready,
                        Integer.parseInt(stats.getOrDefault("health_score", "0")),
                        stats.getOrDefault("hearsay.health_reason", ""),
                        (int) cluster.members().stream()
                                .filter(m -> m.status().live())
                                .count()));
    }

    private void tags(Call call) throws IOException, Problem {
        TagsBody wanted = call.body(TagsBody.class);
        try {
            call.await(cluster.tags(wanted.tags()));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("tags", String.valueOf(e.getMessage()));
        }
        call.reply(200, new TagsBody(new TreeMap<>(wanted.tags())));
    }

    private void join(Call call) throws IOException, Problem {
        JoinBody wanted = call.body(JoinBody.class);
        if (wanted.seeds().isEmpty() || wanted.seeds().size() > MAX_SEEDS) {
            throw Problem.invalid("seeds", "must be 1 to " + MAX_SEEDS + " addresses");
        }
        LOG.info("joining: {} replay: {}", wanted.seeds(), wanted.replay());
        try {
            JoinResult result =
                    call.await(cluster.join(wanted.seeds(), wanted.replay())).orThrow();
            LOG.info("joined: {} nodes", result.contacted());
            List<SeedBody> seeds = result.seeds().stream()
                    .map(s -> new SeedBody(s.seed(), s.address(), s.joined(), s.members(), s.error()))
                    .toList();
            call.reply(200, new JoinedBody(result.contacted(), seeds));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("seeds", String.valueOf(e.getMessage()));
        } catch (JoinResult.JoinException e) {
            LOG.warn("error joining: {}", e.getMessage());
            throw new Problem(502, "join_failed", String.valueOf(e.getMessage()), null);
        }
    }

    private void leave(Call call) throws IOException, Problem {
        LOG.info("Graceful leave triggered");
        call.await(cluster.leave());
        call.reply(200, new LeftBody(true));
        context.host().exit();
    }
}
