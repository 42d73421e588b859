package dev.hearsay.agent.rpc;

import static dev.hearsay.agent.rpc.RpcEncoder.map;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.IncomingQuery;
import dev.hearsay.api.JoinResult;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.coordinate.Coordinate;
import dev.hearsay.wire.Capability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the commands that ask or change the cluster. Any thread; each call blocks until the command is done. */
final class RpcActions {
    /** Most addresses in one {@code join}. */
    static final int MAX_SEEDS = 256;
    /** No command takes longer; those that wait for the network have bounds of their own well below. */
    private static final long MAX_WAIT_SECONDS = 120;

    private static final Logger LOG = LoggerFactory.getLogger("dev.hearsay.agent.commands");

    private final RpcServer.Context context;
    private final Cluster cluster;

    RpcActions(RpcServer.Context context) {
        this.context = context;
        this.cluster = context.cluster();
    }

    /**
     * What a command came to.
     *
     * @param error empty for none
     * @param body of the reply, if the command has one, with an error or without
     */
    record Result(String error, Map<String, @Nullable Object> body) {}

    /**
     * Carries out a command.
     *
     * @throws RpcException if it cannot be done and there is nothing more to tell; the message is for the client
     */
    Result perform(RpcCommand command, RpcMap body) throws RpcException {
        return switch (command) {
            case MEMBERS -> done(members(new MemberFilter("", "", Map.of())));
            case MEMBERS_FILTERED ->
                done(members(new MemberFilter(
                        body.text("Name"), body.text("Status"), body.map("Tags").asTexts())));
            case JOIN -> done(join(body.texts("Existing"), body.flag("Replay")));
            case FORCE_LEAVE -> done(forceLeave(body.text("Node"), body.flag("Prune")));
            case TAGS -> done(changeTags(body.map("Tags").asTexts(), body.texts("DeleteTags")));
            case EVENT -> done(event(body));
            case STATS -> done(stats());
            case GET_COORDINATE -> done(coordinate(body.text("Node")));
            case STATE_GET -> done(context.state().get(new StateRequest(body)));
            case STATE_WRITE -> done(context.state().write(new StateRequest(body)));
            case INSTALL_KEY, USE_KEY, REMOVE_KEY, LIST_KEYS -> new RpcKeys(cluster.keys()).perform(command, body);
            default -> throw new IllegalArgumentException("not a command of this class: " + command);
        };
    }

    /**
     * The query that a request asks for.
     *
     * @throws RpcException if it makes no sense
     */
    static QueryRequest question(RpcMap body) throws RpcException {
        try {
            return new QueryRequest(
                    body.text("Name"),
                    Bytes.of(body.bytes("Payload")),
                    body.texts("FilterNodes"),
                    new TreeMap<>(body.map("FilterTags").asTexts()),
                    body.flag("RequestAck"),
                    Duration.ofNanos(body.number("Timeout")),
                    (int) Math.min(Integer.MAX_VALUE, body.number("RelayFactor")));
        } catch (IllegalArgumentException e) {
            throw new RpcException(String.valueOf(e.getMessage()));
        }
    }

    /** Answers a query of which the client was told; null for one that it was not, or that is over. */
    static void respond(@Nullable IncomingQuery query, byte[] payload) throws RpcException {
        if (query == null) {
            throw new RpcException("No pending queries matching ID");
        }
        await(query.respond(payload));
    }

    /** Says goodbye to the cluster; returns when everybody could have heard. */
    void leave() throws RpcException {
        LOG.info("Graceful leave triggered");
        await(cluster.leave());
    }

    private Map<String, @Nullable Object> members(MemberFilter filter) throws RpcException {
        boolean counted = cluster.self().capabilities().contains(Capability.HEARTBEATS);
        Map<String, Double> phi = counted ? await(cluster.phi()) : Map.of();
        List<Object> shown = new ArrayList<>();
        for (ClusterMember member : cluster.members()) {
            WireMember each = WireMember.of(member, phi.get(member.name()));
            if (filter.matches(each)) {
                shown.add(each.write());
            }
        }
        return map("Members", shown.isEmpty() ? null : shown);
    }

    private Map<String, @Nullable Object> join(List<String> seeds, boolean replay) throws RpcException {
        if (seeds.size() > MAX_SEEDS) {
            throw new RpcException("Too many addresses: " + seeds.size() + ", at most " + MAX_SEEDS);
        }
        LOG.info("joining: {} replay: {}", seeds, replay);
        try {
            int contacted = await(cluster.join(seeds, replay)).orThrow().contacted();
            LOG.info("joined: {} nodes", contacted);
            return map("Num", contacted);
        } catch (JoinResult.JoinException | IllegalArgumentException e) {
            LOG.warn("error joining: {}", e.getMessage());
            throw new RpcException(String.valueOf(e.getMessage()));
        }
    }

    private Map<String, @Nullable Object> forceLeave(String name, boolean prune) throws RpcException {
        LOG.info("Force leaving node: {}{}", name, prune ? " (prune)" : "");
        if (!await(cluster.forceLeave(name, prune))) {
            LOG.warn("no member named '{}' is known; the intent is spread all the same", name);
        }
        return map();
    }

    private Map<String, @Nullable Object> changeTags(Map<String, String> changed, List<String> deleted)
            throws RpcException {
        Map<String, String> tags = new TreeMap<>(cluster.self().tags());
        tags.keySet().removeAll(deleted);
        tags.putAll(changed);
        try {
            await(cluster.tags(tags));
            return map();
        } catch (IllegalArgumentException e) {
            throw new RpcException(String.valueOf(e.getMessage()));
        }
    }

    private Map<String, @Nullable Object> event(RpcMap body) throws RpcException {
        LOG.debug("user event '{}', {} bytes", body.text("Name"), body.bytes("Payload").length);
        await(cluster.event(body.text("Name"), body.bytes("Payload"), body.flag("Coalesce")));
        return map();
    }

    /** A member without a coordinate has Go's zero value, and {@code Ok} says so. */
    private Map<String, @Nullable Object> coordinate(String name) throws RpcException {
        Optional<Coordinate> known = await(cluster.coordinate(name));
        Map<String, @Nullable Object> shown = known.map(at -> map(
                        "Adjustment", at.adjustment(),
                        "Error", at.error(),
                        "Height", at.height(),
                        "Vec", at.vector()))
                .orElseGet(() -> map("Adjustment", 0.0, "Error", 0.0, "Height", 0.0, "Vec", null));
        return map("Coord", shown, "Ok", known.isPresent());
    }

    private Map<String, @Nullable Object> stats() {
        Map<String, String> agent = new TreeMap<>(context.figures().show());
        agent.putAll(context.host().figures());
        agent.put("name", cluster.self().name());
        Map<String, String> serf = new TreeMap<>(cluster.stats());
        List<ClusterMember> members = cluster.members();
        serf.put("members", Integer.toString(members.size()));
        serf.put("failed", count(members, ClusterMember.Status.FAILED));
        serf.put("left", count(members, ClusterMember.Status.LEFT));
        serf.putIfAbsent("encrypted", "false");
        return map(
                "agent",
                agent,
                "event_handlers",
                new TreeMap<>(context.host().eventHandlers()),
                "runtime",
                runtime(),
                "serf",
                serf,
                "tags",
                cluster.self().tags());
    }

    private static Map<String, String> runtime() {
        Runtime jvm = Runtime.getRuntime();
        Map<String, String> shown = new TreeMap<>();
        shown.put("arch", System.getProperty("os.arch", ""));
        shown.put("cpu_count", Integer.toString(jvm.availableProcessors()));
        shown.put("heap_used_mb", Long.toString((jvm.totalMemory() - jvm.freeMemory()) >> 20));
        shown.put("max_procs", Integer.toString(jvm.availableProcessors()));
        shown.put("os", System.getProperty("os.name", "").toLowerCase(java.util.Locale.ROOT));
        shown.put("threads", Integer.toString(Thread.activeCount()));
        shown.put("version", "java" + System.getProperty("java.version", ""));
        return shown;
    }

    private static String count(List<ClusterMember> members, ClusterMember.Status status) {
        return Long.toString(members.stream().filter(m -> m.status() == status).count());
    }

    private static Result done(Map<String, @Nullable Object> body) {
        return new Result("", body);
    }

    /** Waits until it is done. */
    static <T> T await(CompletableFuture<T> future) throws RpcException {
        try {
            return future.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new RpcException(reason(e));
        } catch (TimeoutException e) {
            future.cancel(false);
            throw new RpcException("Not done within " + MAX_WAIT_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RpcException("The agent is shutting down");
        }
    }

    /** What failed, without what futures wrap around it. */
    static String reason(Throwable failure) {
        boolean wrapped = failure instanceof ExecutionException || failure instanceof CompletionException;
        Throwable cause = failure.getCause();
        return wrapped && cause != null ? reason(cause) : String.valueOf(failure.getMessage());
    }
}
