package dev.hearsay.agent.rpc;

import static dev.hearsay.agent.rpc.RpcEncoder.map;

import dev.hearsay.agent.EventNames;
import dev.hearsay.agent.log.LogLevel;
import dev.hearsay.agent.log.LogLine;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.IncomingQuery;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.api.UserEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one client waits for: streams of events and of changes of state, at most one monitor, and answers to its queries, each known by the sequence number
 * of the request that began it. Belongs to the session's thread.
 */
final class RpcSubscriptions implements AutoCloseable {
    /** Most streams of one client; each holds a thread. */
    static final int MAX_STREAMS = 16;
    /** Most queries of one client at a time; each holds a thread until it ends. */
    static final int MAX_QUERIES = 64;

    private final RpcServer.Context context;
    private final RpcSession.Sender sender;
    private final Map<Long, Runnable> streams = new HashMap<>();
    private final Map<Long, RpcQuery> queries = new ConcurrentHashMap<>();
    private final PendingQueries pending = new PendingQueries();
    private @Nullable Long monitorSeq;
    private @Nullable Runnable monitorStop;

    RpcSubscriptions(RpcServer.Context context, RpcSession.Sender sender) {
        this.context = context;
        this.sender = sender;
    }

    /**
     * Begins to collect events for the client; the pump sends them once it is started.
     *
     * @throws RpcException if the filter is unknown, or the client already has such a stream or too many
     */
    RpcPump stream(long seq, RpcMap body) throws RpcException {
        EventFilter filter = EventFilter.parse(body.text("Type"));
        refuseOneMore(seq);
        RpcPump pump = pump("rpc-stream", seq);
        Cluster.Subscription subscription = context.cluster().listen(new Events(filter, pump, pending));
        streams.put(seq, () -> {
            subscription.close();
            pump.stop();
        });
        return pump;
    }

    /**
     * Begins to collect changes of shared state for the client.
     *
     * @throws RpcException if the filter makes no sense, or the client already has such a stream or too many
     */
    RpcPump watchState(long seq, RpcMap body) throws RpcException {
        refuseOneMore(seq);
        RpcPump pump = new RpcPump("rpc-state-watch", sender(seq), context.figures().dropped, StateFeed::gap);
        Cluster.Subscription subscription = context.state().watch(new StateRequest(body), pump);
        streams.put(seq, () -> {
            subscription.close();
            pump.stop();
        });
        return pump;
    }

    private void refuseOneMore(long seq) throws RpcException {
        if (streams.containsKey(seq)) {
            throw new RpcException("Stream with given sequence exists");
        }
        if (streams.size() == MAX_STREAMS) {
            throw new RpcException("Too many streams: at most " + MAX_STREAMS);
        }
    }

    /**
     * Begins to collect log lines of that level and above, the remembered ones first.
     *
     * @throws RpcException if the level is unknown or the client has a monitor already
     */
    RpcPump monitor(long seq, RpcMap body) throws RpcException {
        String name = body.text("LogLevel").toUpperCase(java.util.Locale.ROOT);
        LogLevel least = LogLevel.find(name);
        if (least == null) {
            throw new RpcException("Unknown log level: " + name);
        }
        if (monitorSeq != null) {
            throw new RpcException("Monitor already exists");
        }
        RpcPump pump = pump("rpc-monitor", seq);
        Consumer<LogLine> subscriber = line -> {
            if (line.level().compareTo(least) >= 0) {
                pump.offer(RpcPump.Item.of(map("Log", line.text())));
            }
        };
        context.log().subscribe(subscriber);
        monitorSeq = seq;
        monitorStop = () -> {
            context.log().unsubscribe(subscriber);
            pump.stop();
        };
        return pump;
    }

    /**
     * Asks the cluster something; replies and records go to the client as they come.
     *
     * @throws RpcException if the client has too many queries under way
     */
    void query(long seq, QueryRequest request) throws RpcException {
        if (queries.size() >= MAX_QUERIES) {
            throw new RpcException("Too many queries at a time: at most " + MAX_QUERIES);
        }
        RpcQuery query = new RpcQuery(seq, sender, context.figures().dropped);
        if (queries.putIfAbsent(seq, query) != null) {
            throw new RpcException("Query with given sequence exists");
        }
        query.ask(context.cluster(), request, () -> queries.remove(seq, query));
    }

    /** The query that this client was told of under that number, if it can still be answered; else null. */
    @Nullable IncomingQuery pending(long id) {
        return pending.find(id);
    }

    /** Ends the stream or the monitor that the request of that number began; no effect if there is none. */
    void stop(long seq) {
        Runnable stream = streams.remove(seq);
        if (stream != null) {
            stream.run();
        } else if (monitorSeq != null && monitorSeq == seq) {
            stopMonitor();
        }
    }

    /** Ends all. */
    @Override
    public void close() {
        streams.values().forEach(Runnable::run);
        streams.clear();
        queries.values().forEach(RpcQuery::cancel);
        stopMonitor();
    }

    private void stopMonitor() {
        if (monitorStop != null) {
            monitorStop.run();
        }
        monitorStop = null;
        monitorSeq = null;
    }

    private RpcPump pump(String name, long seq) {
        return new RpcPump(name, sender(seq), context.figures().dropped, null);
    }

    private RpcPump.Sink sender(long seq) {
        return item -> sender.send(seq, item.error(), item.body());
    }

    /** Puts what a stream wants into its pump. */
    private record Events(EventFilter filter, RpcPump pump, PendingQueries pending) implements Cluster.Listener {
        @Override
        public void onEvent(MemberEvent event) {
            String name = filter.nameIfWanted(event);
            if (!name.isEmpty()) {
                Map<String, @Nullable Object> item = filter.extended() ? map("By", event.by()) : map();
                item.put("Event", name);
                item.put("Members", List.of(WireMember.of(event.member()).write()));
                pump.offer(RpcPump.Item.of(item));
            }
        }

        @Override
        public void onUserEvent(UserEvent event) {
            if (filter.wants(event)) {
                pump.offer(RpcPump.Item.of(map(
                        "Coalesce", event.coalesce(),
                        "Event", EventNames.USER,
                        "LTime", event.time(),
                        "Name", event.name(),
                        "Payload", RpcEncoder.bytesOrNull(event.payload()))));
            }
        }

        @Override
        public void onQuery(IncomingQuery query) {
            if (filter.wants(query)) {
                long id = pending.add(query);
                boolean queued = pump.offer(RpcPump.Item.of(map(
                        "Event", EventNames.QUERY,
                        "ID", id,
                        "LTime", query.time(),
                        "Name", query.name(),
                        "Payload", RpcEncoder.bytesOrNull(query.payload()))));
                if (!queued) {
                    pending.remove(id);
                }
            }
        }
    }
}
