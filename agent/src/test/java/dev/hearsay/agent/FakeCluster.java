package dev.hearsay.agent;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.IncomingQuery;
import dev.hearsay.api.JoinResult;
import dev.hearsay.api.KeyResult;
import dev.hearsay.api.Keys;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.QueryListener;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.api.QueryResult;
import dev.hearsay.api.State;
import dev.hearsay.api.UserEvent;
import dev.hearsay.core.Suspected;
import dev.hearsay.core.Versions;
import dev.hearsay.core.coordinate.Coordinate;
import dev.hearsay.wire.Capability;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.Tags;
import dev.hearsay.wire.WireConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A cluster that is what the test says, and remembers what it was told to do. */
public final class FakeCluster implements Cluster {
    /** What was asked of it, as "join [a] ", "leave", "force-leave x true", "tags {...}". */
    public final List<String> done = new CopyOnWriteArrayList<>();

    /** What happens to each query before it ends. */
    public final List<Consumer<QueryListener>> script = new CopyOnWriteArrayList<>();
    /** Completing it ends the queries that are under way. */
    public CompletableFuture<QueryResult> answers = CompletableFuture.completedFuture(NOBODY);
    /** What every change of keys comes to. */
    public KeyResult keyResult = new KeyResult(2, 2, 0, Map.of(), Map.of(), Map.of());
    /** How suspicious members' silence is; nobody asks unless it {@linkplain #countsHeartbeats counts heartbeats}. */
    public final Map<String, Double> phi = new ConcurrentHashMap<>();
    /** Where members are. */
    public final Map<String, Coordinate> coordinates = new ConcurrentHashMap<>();

    /** Who is under suspicion. */
    public final List<Suspected> suspicions = new CopyOnWriteArrayList<>();

    public static final QueryResult NOBODY = new QueryResult(Set.of(), Map.of(), Set.of(), Duration.ZERO);

    /** What members share; null for nothing. */
    public volatile @Nullable State state;

    /** Completes when the node has left. */
    public CompletableFuture<Void> left = CompletableFuture.completedFuture(null);

    private final List<ClusterMember> members = new CopyOnWriteArrayList<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    /** The cluster of the captured sessions: real1 is the node itself. */
    public static FakeCluster captured() {
        FakeCluster cluster = new FakeCluster();
        cluster.members.add(member("real1", "127.0.15.1", Status.ALIVE, Map.of("role", "web")));
        cluster.members.add(member("real2", "127.0.15.2", Status.ALIVE, Map.of("role", "db")));
        return cluster;
    }

    public static ClusterMember member(String name, String ip, Status status, Map<String, String> tags) {
        return member(name, ip, status, tags, Set.of());
    }

    public static ClusterMember member(
            String name, String ip, Status status, Map<String, String> tags, Set<Capability> capabilities) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getAllByName(ip)[0], 7946);
            return new ClusterMember(
                    name,
                    address,
                    new TreeMap<>(tags),
                    Tags.encode(tags, capabilities),
                    status,
                    1,
                    Versions.SERF,
                    capabilities);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Gives the first member, which is the node itself, other tags. */
    public void retag(Map<String, String> tags) {
        members.set(0, member("real1", "127.0.15.1", Status.ALIVE, tags));
    }

    /** The node judges others by their heartbeats, and says so. */
    public void countsHeartbeats() {
        members.set(
                0, member("real1", "127.0.15.1", Status.ALIVE, Map.of("role", "web"), Set.of(Capability.HEARTBEATS)));
    }

    public void add(ClusterMember member) {
        members.add(member);
    }

    public void emit(MemberEvent event) {
        listeners.forEach(l -> l.onEvent(event));
    }

    public void emit(UserEvent event) {
        listeners.forEach(l -> l.onUserEvent(event));
    }

    public void emit(IncomingQuery query) {
        listeners.forEach(l -> l.onQuery(query));
    }

    public int listeners() {
        return listeners.size();
    }

    @Override
    public ClusterMember self() {
        return members.get(0);
    }

    @Override
    public List<ClusterMember> members() {
        return List.copyOf(members);
    }

    /** A seed answers unless its name contains "dead". */
    @Override
    public CompletableFuture<JoinResult> join(Collection<String> seeds, boolean replay) {
        done.add("join " + seeds + (replay ? " replay" : ""));
        List<JoinResult.Seed> results = new ArrayList<>();
        for (String seed : seeds) {
            boolean ok = !seed.contains("dead");
            results.add(new JoinResult.Seed(seed, seed, ok, ok ? members.size() : 0, ok ? "" : "connection refused"));
        }
        return CompletableFuture.completedFuture(new JoinResult(results));
    }

    @Override
    public Subscription listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public CompletableFuture<Void> tags(Map<String, String> tags) {
        done.add("tags " + new TreeMap<>(tags));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> leave() {
        done.add("leave");
        return left.copy();
    }

    @Override
    public CompletableFuture<Boolean> forceLeave(String name, boolean prune) {
        done.add("force-leave " + name + " " + prune);
        return CompletableFuture.completedFuture(member(name).isPresent());
    }

    /** Takes events up to Serf's limit. */
    @Override
    public CompletableFuture<Void> event(String name, byte[] payload, boolean coalesce) {
        if (name.length() + payload.length > 512) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("user event exceeds configured limit of 512 bytes before encoding"));
        }
        done.add("event " + name + " " + new String(payload, StandardCharsets.UTF_8) + " " + coalesce);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<QueryResult> query(QueryRequest request, QueryListener listener) {
        done.add("query " + request);
        script.forEach(step -> step.accept(listener));
        return answers.copy();
    }

    @Override
    public State state() {
        State given = state;
        if (given == null) {
            throw new IllegalStateException("this cluster shares no state");
        }
        return given;
    }

    @Override
    public Keys keys() {
        return new Keys() {
            @Override
            public CompletableFuture<KeyResult> install(GossipKey key) {
                return say("install-key " + key.toBase64());
            }

            @Override
            public CompletableFuture<KeyResult> use(GossipKey key) {
                return say("use-key " + key.toBase64());
            }

            @Override
            public CompletableFuture<KeyResult> remove(GossipKey key) {
                return say("remove-key " + key.toBase64());
            }

            @Override
            public CompletableFuture<KeyResult> list() {
                return say("list-keys");
            }

            private CompletableFuture<KeyResult> say(String what) {
                done.add(what);
                return CompletableFuture.completedFuture(keyResult);
            }
        };
    }

    @Override
    public CompletableFuture<Optional<Coordinate>> coordinate(String member) {
        return CompletableFuture.completedFuture(Optional.ofNullable(coordinates.get(member)));
    }

    @Override
    public CompletableFuture<Map<String, Coordinate>> coordinates() {
        return CompletableFuture.completedFuture(new TreeMap<>(coordinates));
    }

    @Override
    public CompletableFuture<List<Suspected>> suspicions() {
        return CompletableFuture.completedFuture(List.copyOf(suspicions));
    }

    @Override
    public CompletableFuture<Map<String, Double>> phi() {
        return CompletableFuture.completedFuture(phi);
    }

    @Override
    public WireConfig wire() {
        return WireConfig.PLAIN;
    }

    @Override
    public void wire(UnaryOperator<WireConfig> change) {
        throw new UnsupportedOperationException("no command changes it");
    }

    @Override
    public Map<String, String> stats() {
        return Map.of("health_score", "0", "event_time", "2", "member_time", "2", "query_time", "2");
    }

    @Override
    public CompletableFuture<Void> closed() {
        return closed;
    }

    @Override
    public void close() {
        closed.complete(null);
    }
}
