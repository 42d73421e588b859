package dev.hearsay.agent;

import dev.hearsay.agent.state.TagsFile;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.JoinResult;
import dev.hearsay.api.Keys;
import dev.hearsay.api.QueryListener;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.api.QueryResult;
import dev.hearsay.api.State;
import dev.hearsay.core.Suspected;
import dev.hearsay.core.coordinate.Coordinate;
import dev.hearsay.wire.WireConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The node as those see it who command the agent: a node that keeps its tags for the next start. They are written once they
 * are in effect; if that fails, they stay in effect, and whoever changed them is told.
 */
final class AgentCluster implements Cluster {
    private final Cluster node;
    private final @Nullable TagsFile tagsFile;

    AgentCluster(Cluster node, @Nullable TagsFile tagsFile) {
        this.node = node;
        this.tagsFile = tagsFile;
    }

    @Override
    public CompletableFuture<Void> tags(Map<String, String> tags) {
        TagsFile file = tagsFile;
        return file == null ? node.tags(tags) : node.tags(tags).thenRun(() -> save(file, tags));
    }

    private static void save(TagsFile file, Map<String, String> tags) {
        try {
            file.save(tags);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The tags are changed, but will be lost: Failed to write tags file: " + e.getMessage(), e);
        }
    }

    @Override
    public State state() {
        return node.state();
    }

    @Override
    public ClusterMember self() {
        return node.self();
    }

    @Override
    public List<ClusterMember> members() {
        return node.members();
    }

    @Override
    public CompletableFuture<JoinResult> join(Collection<String> seeds, boolean replay) {
        return node.join(seeds, replay);
    }

    @Override
    public Subscription listen(Listener listener) {
        return node.listen(listener);
    }

    @Override
    public CompletableFuture<Void> leave() {
        return node.leave();
    }

    @Override
    public CompletableFuture<Boolean> forceLeave(String name, boolean prune) {
        return node.forceLeave(name, prune);
    }

    @Override
    public CompletableFuture<Void> event(String name, byte[] payload, boolean coalesce) {
        return node.event(name, payload, coalesce);
    }

    @Override
    public CompletableFuture<QueryResult> query(QueryRequest request, QueryListener listener) {
        return node.query(request, listener);
    }

    @Override
    public Keys keys() {
        return node.keys();
    }

    @Override
    public CompletableFuture<Optional<Coordinate>> coordinate(String member) {
        return node.coordinate(member);
    }

    @Override
    public CompletableFuture<Map<String, Coordinate>> coordinates() {
        return node.coordinates();
    }

    @Override
    public CompletableFuture<List<Suspected>> suspicions() {
        return node.suspicions();
    }

    @Override
    public CompletableFuture<Map<String, Double>> phi() {
        return node.phi();
    }

    @Override
    public WireConfig wire() {
        return node.wire();
    }

    @Override
    public void wire(UnaryOperator<WireConfig> change) {
        node.wire(change);
    }

    @Override
    public Map<String, String> stats() {
        return node.stats();
    }

    @Override
    public CompletableFuture<Void> closed() {
        return node.closed();
    }

    @Override
    public void close() {
        node.close();
    }
}
