package dev.hearsay.agent.http;

import dev.hearsay.agent.Daemons;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.State;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes the agent's figures once a second, whether or not somebody looks: whoever opens a page after something went wrong wants
 * to see how it came. It keeps the last {@value #KEPT}, in memory only, and tells each as it comes. Thread-safe.
 */
final class FigureSampler implements Cluster.Listener, AutoCloseable {
    /** How many samples are kept: a quarter of an hour. The oldest goes first. */
    static final int KEPT = 900;
    /** How often one is taken, in seconds. */
    static final int INTERVAL_SECONDS = 1;
    /** How many a client that comes back is told; who missed more reads them all. */
    static final int RING = 64;

    /** Figures of which a sample has the growth per second; see {@code Counters}, {@code Traffic}. */
    static final List<String> RATES = List.of(
            "packets_in",
            "packets_out",
            "bytes_in",
            "bytes_out",
            "streams_in",
            "streams_out",
            "stream_bytes_in",
            "stream_bytes_out",
            "probes",
            "probes_failed",
            "verifications",
            "refutations",
            "push_pulls",
            "updates_spread",
            "user_events",
            "queries",
            "state_writes",
            "state_taken",
            "state_copies");
    /** The growth of all reasons to drop a packet together. */
    static final String DROPPED = "packets_dropped";

    private static final Logger LOG = LoggerFactory.getLogger(FigureSampler.class);
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1000;

    private final Cluster cluster;
    private final HttpServer.Host host;
    private final @Nullable State state;
    private final Feed feed;
    private final Deque<FigureSample> kept = new ArrayDeque<>();
    private final Map<MemberEvent.Kind, Integer> heard = new EnumMap<>(MemberEvent.Kind.class);
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("http-figures"));

    private Map<String, Long> before = Map.of();
    private List<Long> delaysBefore = List.of();
    private long beforeNanos;

    /** A sampler that has not begun. */
    FigureSampler(Cluster cluster, HttpServer.Host host, Feed feed) {
        this.cluster = cluster;
        this.host = host;
        this.feed = feed;
        this.state = sharedState(cluster);
    }

    private static @Nullable State sharedState(Cluster cluster) {
        try {
            return cluster.state();
        } catch (IllegalStateException e) {
            return null;
        }
    }

    /** Begins; no effect once it is closed. */
    synchronized void start() {
        if (timer.isShutdown()) {
            return;
        }
        begin(System.nanoTime());
        var unused = timer.scheduleAtFixedRate(
                () -> sample(System.nanoTime(), Instant.now()), INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void close() {
        timer.shutdown();
        feed.end();
    }

    /** What it tells. */
    Feed feed() {
        return feed;
    }

    /** The newest samples, the oldest of them first. */
    synchronized List<FigureSample> newest(int most) {
        List<FigureSample> all = new ArrayList<>(kept);
        return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
    }

    /** Upper bounds of the propagation's buckets, in seconds. */
    List<Double> boundsSeconds() {
        return state == null
                ? List.of()
                : state.propagation().boundsMillis().stream()
                        .map(bound -> bound / MILLIS)
                        .toList();
    }

    @Override
    public synchronized void onEvent(MemberEvent event) {
        heard.merge(event.kind(), 1, Integer::sum);
    }

    /** From here on figures grow. */
    synchronized void begin(long nanos) {
        before = numbers(host.figures());
        delaysBefore = delays();
        beforeNanos = nanos;
    }

    /** Takes a sample; what goes wrong is a fault of the agent, and the next one is taken all the same. */
    void sample(long nanos, Instant at) {
        try {
            take(nanos, at);
        } catch (RuntimeException e) {
            LOG.error("The figures cannot be sampled", e);
        }
    }

    private synchronized void take(long nanos, Instant at) {
        Map<String, String> figures = host.figures();
        Map<String, Long> now = numbers(figures);
        List<Long> delays = delays();
        double seconds = Math.max(1e-9, (nanos - beforeNanos) / NANOS);
        Map<String, Integer> events = new TreeMap<>();
        heard.forEach((kind, times) -> events.put(kind.name().toLowerCase(Locale.ROOT), times));
        FigureSample sample = new FigureSample(
                at.toString(),
                rounded(seconds),
                members(),
                local(figures, now),
                queues(now),
                rates(now, seconds),
                events,
                growth(delays));
        heard.clear();
        before = now;
        delaysBefore = delays;
        beforeNanos = nanos;
        kept.addLast(sample);
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
        feed.publish(FeedKind.FIGURES.text(), sample);
    }

    private FigureSample.MemberFigures members() {
        int[] count = new int[ClusterMember.Status.values().length];
        cluster.members().forEach(member -> count[member.status().ordinal()]++);
        return new FigureSample.MemberFigures(
                count[ClusterMember.Status.ALIVE.ordinal()],
                count[ClusterMember.Status.SUSPECT.ordinal()],
                count[ClusterMember.Status.LEAVING.ordinal()],
                count[ClusterMember.Status.LEFT.ordinal()],
                count[ClusterMember.Status.FAILED.ordinal()]);
    }

    private static FigureSample.LocalFigures local(Map<String, String> figures, Map<String, Long> now) {
        return new FigureSample.LocalFigures(
                of(now, "health_score"),
                figures.getOrDefault("hearsay.health_reason", ""),
                of(now, "lag_worst_minute_ms") / MILLIS,
                of(now, "last_pause_ms") / MILLIS,
                of(now, "last_pause_collection_ms") / MILLIS,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                of(now, "suspicions"),
                of(now, "guards"));
    }

    private static FigureSample.QueueFigures queues(Map<String, Long> now) {
        return new FigureSample.QueueFigures(
                of(now, "updates_queued"),
                of(now, "intent_queue"),
                of(now, "event_queue"),
                of(now, "query_queue"),
                of(now, "state_telling"),
                of(now, "state_backlog"),
                of(now, "state_asked"));
    }

    private Map<String, Double> rates(Map<String, Long> now, double seconds) {
        Map<String, Double> rates = new LinkedHashMap<>();
        for (String name : RATES) {
            rates.put(name, rounded((of(now, name) - of(before, name)) / seconds));
        }
        rates.put(DROPPED, rounded((dropped(now) - dropped(before)) / seconds));
        return rates;
    }

    private static long dropped(Map<String, Long> figures) {
        return figures.entrySet().stream()
                .filter(figure -> figure.getKey().startsWith("dropped_"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private List<Long> delays() {
        return state == null ? List.of() : state.propagation().counts();
    }

    private List<Long> growth(List<Long> delays) {
        List<Long> growth = new ArrayList<>(delays.size());
        for (int i = 0; i < delays.size(); i++) {
            growth.add(delays.get(i) - (i < delaysBefore.size() ? delaysBefore.get(i) : 0));
        }
        return growth;
    }

    private static long of(Map<String, Long> figures, String name) {
        return figures.getOrDefault(name, 0L);
    }

    /** The figures that are whole numbers, by name without prefix. */
    private static Map<String, Long> numbers(Map<String, String> figures) {
        Map<String, Long> numbers = new TreeMap<>();
        figures.forEach((name, text) -> {
            if (WHOLE.matcher(text).matches()) {
                numbers.put(FigureMeters.name(name), Long.valueOf(text));
            }
        });
        return numbers;
    }

    /** Thousandths are enough for everybody, and a third of the digits. */
    private static double rounded(double value) {
        return Math.round(value * MILLIS) / MILLIS;
    }
}
