package dev.hearsay.agent.handler;

import dev.hearsay.agent.Daemons;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.IncomingQuery;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.UserEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs scripts when something happens in a cluster. Each handler gets its events in order and one at a time; different
 * handlers run beside each other, up to {@value #MAX_PARALLEL} scripts at once. So a slow script delays itself only. Member
 * events, and user events that may be, are {@linkplain Coalescer coalesced}; queries never. Thread-safe.
 */
public final class EventHandlers implements AutoCloseable {
    /** How many scripts run at once; further ones wait for one of them to end. */
    static final int MAX_PARALLEL = 16;

    private static final Logger LOG = LoggerFactory.getLogger(EventHandlers.class);

    private final Cluster cluster;
    private final Coalescer coalescer = new Coalescer();
    private final HandlerFigures figures = new HandlerFigures();
    /** Each handler has at most one task in the pool's queue. */
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            MAX_PARALLEL,
            MAX_PARALLEL,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Daemons.named("event-handler"));

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("event-coalescer"));
    private Map<HandlerSpec, HandlerQueue> handlers = new LinkedHashMap<>();
    private volatile Duration timeout = Duration.ZERO;
    private boolean timed;
    private Cluster.@Nullable Subscription subscription;

    private EventHandlers(Cluster cluster) {
        this.cluster = cluster;
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Begins to listen. The first event is that this node is there, which the cluster itself does not tell.
     *
     * @param timeout after which a script is killed
     */
    public static EventHandlers start(Cluster cluster, List<HandlerSpec> specs, Duration timeout) {
        EventHandlers handlers = new EventHandlers(cluster);
        handlers.update(specs, timeout);
        handlers.onMember(new MemberEvent(MemberEvent.Kind.JOINED, cluster.self(), ""));
        handlers.subscription = cluster.listen(new Cluster.Listener() {
            @Override
            public void onEvent(MemberEvent event) {
                handlers.onMember(event);
            }

            @Override
            public void onUserEvent(UserEvent event) {
                handlers.onUser(event);
            }

            @Override
            public void onQuery(IncomingQuery query) {
                handlers.handOut(List.of(new HandlerEvent.Query(query)));
            }
        });
        return handlers;
    }

    /** Which handlers there are. */
    public synchronized List<HandlerSpec> specs() {
        return List.copyOf(handlers.keySet());
    }

    /** Which script hears what, by filter as Serf's {@code info} shows them: {@code user:deploy}, {@code member-join:}. */
    public Map<String, String> scripts() {
        Map<String, String> scripts = new LinkedHashMap<>();
        for (HandlerSpec spec : specs()) {
            spec.filters().forEach(filter -> scripts.put(filter.event() + ":" + filter.name(), spec.script()));
        }
        return scripts;
    }

    /** Other handlers from the next event on. One that stays keeps what waits for it; one that goes works that off. */
    public synchronized void update(List<HandlerSpec> specs, Duration limit) {
        timeout = limit;
        Map<HandlerSpec, HandlerQueue> changed = new LinkedHashMap<>();
        for (HandlerSpec spec : specs) {
            HandlerQueue queue = handlers.get(spec);
            changed.put(
                    spec,
                    queue == null ? new HandlerQueue(spec.script(), pool, this::self, () -> timeout, figures) : queue);
        }
        handlers = changed;
    }

    /** What was counted, by name. */
    public Map<String, String> figures() {
        return figures.show();
    }

    /** Runs nothing more. Scripts that run go on: one of them may be what restarts the agent. */
    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
        timer.shutdownNow();
        pool.shutdown();
    }

    private HandlerQueue.Self self() {
        ClusterMember self = cluster.self();
        return new HandlerQueue.Self(self.name(), self.tags());
    }

    private synchronized void onMember(MemberEvent event) {
        handOut(coalescer.offer(event, System.nanoTime()));
        time();
    }

    private synchronized void onUser(UserEvent event) {
        handOut(coalescer.offer(event, System.nanoTime()));
        time();
    }

    private synchronized void onTime() {
        timed = false;
        handOut(coalescer.due(System.nanoTime()));
        time();
    }

    /** There is at most one timer; if it comes too early, because the quiet was broken, the next is set. */
    private void time() {
        long wait = coalescer.waitNanos(System.nanoTime());
        if (!timed && wait < Long.MAX_VALUE && !timer.isShutdown()) {
            timed = true;
            var unused = timer.schedule(this::onTime, wait, TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void handOut(List<HandlerEvent> events) {
        for (HandlerEvent event : events) {
            LOG.info("Received event: {}", event);
            handlers.forEach((spec, queue) -> {
                if (spec.hears(event.kind(), event.name())) {
                    queue.offer(event);
                }
            });
        }
    }
}
