package dev.hearsay.agent.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What the HTTP server counts. Thread-safe. Labels have few values: no client can make up one. */
final class HttpMeters {
    /** Methods of requests that are understood; others have no label of their own. */
    static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

    private final MeterRegistry registry;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Counter gaps;
    private final Counter lost;
    private final Counter broken;

    HttpMeters(MeterRegistry registry, IntSupplier streams) {
        this.registry = registry;
        gaps = Counter.builder("hearsay.http.stream.gaps")
                .description("Times that a stream's client was told that events were lost to it")
                .register(registry);
        lost = Counter.builder("hearsay.http.stream.lost")
                .description("Events lost to streams' clients that did not read or were away too long")
                .register(registry);
        broken = Counter.builder("hearsay.http.streams.broken")
                .description("Streams whose client went away or did not read for too long")
                .register(registry);
        Gauge.builder("hearsay.http.streams", streams::getAsInt)
                .description("Open streams")
                .register(registry);
        Gauge.builder("hearsay.http.requests.active", underWay::get)
                .description("Requests under way, streams among them")
                .register(registry);
    }

    /** How many requests are under way now. */
    void underWay(int requests) {
        underWay.set(requests);
    }

    /**
     * A request was answered.
     *
     * @param route the route's path; null if there was none
     */
    void answered(String method, @Nullable String route, int status) {
        Counter.builder("hearsay.http.requests")
                .description("Requests answered, by route and status")
                .tag("method", METHODS.contains(method) ? method : "other")
                .tag("route", route == null ? "none" : route)
                .tag("status", Integer.toString(status))
                .register(registry)
                .increment();
    }

    /** A request was refused with that code. */
    void refused(String code) {
        Counter.builder("hearsay.http.refused")
                .description("Requests refused, by the code in the answer")
                .tag("code", code)
                .register(registry)
                .increment();
    }

    /** A client was told that so many events were lost to it. */
    void gap(long events) {
        gaps.increment();
        lost.increment((double) events);
    }

    /** A stream's client is gone. */
    void streamBroken() {
        broken.increment();
    }
}
