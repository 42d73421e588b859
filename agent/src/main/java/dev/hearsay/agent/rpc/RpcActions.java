package dev.hearsay.agent.rpc;

import static dev.hearsay.agent.rpc.RpcEncoder.map;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.JoinResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
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
     * Carries out a command.
     *
     * @return the body of the reply, if the command has one
     * @throws RpcException if it cannot be done; the message is for the client
     */
    Map<String, @Nullable Object> perform(RpcCommand command, RpcMap body) throws RpcException {
        return switch (command) {
            case MEMBERS -> members(new MemberFilter("", "", Map.of()));
            case MEMBERS_FILTERED ->
                members(new MemberFilter(
                        body.text("Name"), body.text("Status"), body.map("Tags").asTexts()));
            case JOIN -> join(body.texts("Existing"), body.flag("Replay"));
            case FORCE_LEAVE -> forceLeave(body.text("Node"), body.flag("Prune"));
            case TAGS -> changeTags(body.map("Tags").asTexts(), body.texts("DeleteTags"));
            case STATS -> stats();
            default -> throw new RpcException("Not supported yet by this agent: " + command.wireName());
        };
    }

    /** Says goodbye to the cluster; returns when everybody could have heard. */
    void leave() throws RpcException {
        LOG.info("Graceful leave triggered");
        await(cluster.leave());
    }

    private Map<String, @Nullable Object> members(MemberFilter filter) throws RpcException {
        List<Object> shown = new ArrayList<>();
        for (ClusterMember member : cluster.members()) {
            WireMember each = WireMember.of(member);
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
            int contacted = await(cluster.join(seeds)).orThrow().contacted();
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
        tags.putAll(changed);
        tags.keySet().removeAll(deleted);
        try {
            await(cluster.tags(tags));
            return map();
        } catch (IllegalArgumentException e) {
            throw new RpcException(String.valueOf(e.getMessage()));
        }
    }

    private Map<String, @Nullable Object> stats() {
        Map<String, String> agent = new TreeMap<>(context.figures().show());
        agent.put("name", cluster.self().name());
        Map<String, String> serf = new TreeMap<>(cluster.stats());
        List<ClusterMember> members = cluster.members();
        serf.put("members", Integer.toString(members.size()));
        serf.put("failed", count(members, ClusterMember.Status.FAILED));
        serf.put("left", count(members, ClusterMember.Status.LEFT));
        serf.putIfAbsent("encrypted", "false");
        return map(
                "agent", agent,
                "event_handlers", Map.of(),
                "runtime", runtime(),
                "serf", serf,
                "tags", cluster.self().tags());
    }

    private static Map<String, String> runtime() {
        Runtime jvm = Runtime.getRuntime();
        Map<String, String> shown = new TreeMap<>();
        shown.put("arch", System.getProperty("os.arch", ""));
        shown.put("cpu_count", Integer.toString(jvm.availableProcessors()));
        shown.put("heap_used_mb", Long.toString((jvm.totalMemory() - jvm.freeMemory()) >> 20));
        shown.put("os", System.getProperty("os.name", "").toLowerCase(java.util.Locale.ROOT));
        shown.put("threads", Integer.toString(Thread.activeCount()));
        shown.put("version", "java" + System.getProperty("java.version", ""));
        return shown;
    }

    private static String count(List<ClusterMember> members, ClusterMember.Status status) {
        return Long.toString(members.stream().filter(m -> m.status() == status).count());
    }

    private static <T> T await(CompletableFuture<T> future) throws RpcException {
        try {
            return future.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new RpcException(String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        } catch (TimeoutException e) {
            future.cancel(false);
            throw new RpcException("Not done within " + MAX_WAIT_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RpcException("The agent is shutting down");
        }
    }
}
