package dev.hearsay.net;

import dev.hearsay.api.JoinResult;
import dev.hearsay.core.Event;
import dev.hearsay.core.Node;
import dev.hearsay.net.snapshot.Remembered;
import dev.hearsay.net.snapshot.SnapshotFile;
import io.netty.channel.EventLoop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's memory beyond its process: takes over what its snapshot file says, joins those that it names, and keeps the file.
 * Without a file it does nothing. On the loop, unless said otherwise.
 */
final class Recollection {
    /** So many are tried at once, until one of them answers; Serf tries one after the other. */
    static final int TRIED_AT_ONCE = 3;

    private static final Logger log = LoggerFactory.getLogger(Recollection.class);

    private final @Nullable SnapshotFile file;
    private final Remembered remembered;
    private long eventTime;
    private long queryTime;

    private Recollection(@Nullable SnapshotFile file) {
        this.file = file;
        this.remembered = file == null ? Remembered.NOTHING : file.remembered();
    }

    /** Reads the file of those settings, if there is one; throws what {@link NetCluster#start} does. */
    static Recollection of(NodeSettings settings) {
        Path path = settings.snapshotFile();
        return new Recollection(
                path == null || settings.delegate() != null
                        ? null
                        : SnapshotFile.open(path, settings.rejoinAfterLeave()));
    }

    /** Before the node starts. */
    void restore(Node node) {
        if (file != null) {
            node.restore(remembered.clock(), remembered.eventClock(), remembered.queryClock());
        }
    }

    /**
     * After the node has started: joins whom it remembers, in random order, until one answers; if nobody does, again after
     * each reconnect interval, until it has company. Events that it has missed, and others remember, are heard.
     */
    void rejoin(NetCluster cluster, EventLoop loop, long intervalNanos) {
        List<String> known = new ArrayList<>();
        for (Remembered.Known each : remembered.alive()) {
            if (!each.name().equals(cluster.nodeName())) {
                known.add(each.address().toString());
            }
        }
        if (!known.isEmpty()) {
            Collections.shuffle(known);
            attempt(cluster, loop, intervalNanos, known, 0);
        }
    }

    private void attempt(NetCluster cluster, EventLoop loop, long intervalNanos, List<String> known, int from) {
        if (cluster.hasCompany()) {
            return;
        }
        if (from >= known.size()) {
            log.warn(
                    "node '{}' could not re-join any of the {} members that it remembers",
                    cluster.nodeName(),
                    known.size());
            if (intervalNanos > 0) {
                var unused = loop.schedule(
                        () -> attempt(cluster, loop, intervalNanos, known, 0), intervalNanos, TimeUnit.NANOSECONDS);
            }
            return;
        }
        int to = Math.min(known.size(), from + TRIED_AT_ONCE);
        List<String> tried = known.subList(from, to);
        log.info("node '{}' attempts to re-join members that it remembers: {}", cluster.nodeName(), tried);
        var unused = cluster.join(tried, true)
                .whenComplete((result, failure) -> cluster.execute(() -> {
                    if (!joined(cluster, result)) {
                        attempt(cluster, loop, intervalNanos, known, to);
                    }
                }));
    }

    private static boolean joined(NetCluster cluster, @Nullable JoinResult result) {
        if (result == null || result.contacted() == 0) {
            return false;
        }
        log.info("node '{}' has re-joined through {} members", cluster.nodeName(), result.contacted());
        return true;
    }

    /** The node said something. */
    void on(Event event) {
        if (file == null) {
            return;
        }
        if (event instanceof Event.MemberJoined joined) {
            file.alive(joined.member().name(), joined.member().address());
        } else if (event instanceof Event.MemberUpdated updated) {
            file.alive(updated.member().name(), updated.member().address());
        } else if (event instanceof Event.MemberFailed failed) {
            file.notAlive(failed.member().name());
        } else if (event instanceof Event.MemberLeft left) {
            file.notAlive(left.member().name());
        } else if (event instanceof Event.UserEvent user) {
            eventTime = Math.max(eventTime, user.time());
        } else if (event instanceof Event.QueryAsked asked) {
            queryTime = Math.max(queryTime, asked.time());
        }
    }

    /** The node has said what it had to say; its clock of intents has come to that time. */
    void clock(long memberTime) {
        if (file != null) {
            file.clocks(memberTime - 1, eventTime, queryTime);
        }
    }

    /** The node leaves. */
    void leave() {
        if (file != null) {
            file.leave();
        }
    }

    /** What became of the file, by name; nothing without one. From any thread. */
    Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        if (file != null) {
            figures.put("snapshot_write_failures", file.writeFailures());
            figures.put("snapshot_compactions", file.compactions());
            figures.put("snapshot_not_recorded", file.notRecorded());
        }
        return figures;
    }

    /** The node has stopped; completes when everything is on the disk. */
    CompletableFuture<Void> close() {
        return file == null ? CompletableFuture.completedFuture(null) : file.close();
    }
}
