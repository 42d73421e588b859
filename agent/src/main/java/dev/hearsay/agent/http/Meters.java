package dev.hearsay.agent.http;

import static io.javalin.http.HandlerType.GET;

import dev.hearsay.api.Cluster;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All figures of an agent in the form of Prometheus, each under a name that begins with {@code hearsay_}. */
final class Meters {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final Logger LOG = LoggerFactory.getLogger(Meters.class);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpMeters http;
    private final FigureMeters figures;

    /**
     * Registers all of them.
     *
     * @param streams how many streams are open
     */
    Meters(Cluster cluster, HttpServer.Host host, IntSupplier streams) {
        http = new HttpMeters(registry, streams);
        figures = new FigureMeters(registry, host::figures);
        subjects(cluster).forEach(subject -> subject.bindTo(registry));
        try {
            registry.getPrometheusRegistry().register(new PropagationMeter(cluster.state()));
        } catch (IllegalStateException e) {
            LOG.debug("there is no shared state to be measured", e);
        }
    }

    /** What is measured besides HTTP and the node's own figures: a further subject is one more element. */
    private static List<MeterBinder> subjects(Cluster cluster) {
        return List.of(new MemberMeters(cluster));
    }

    HttpMeters http() {
        return http;
    }

    /** The route that shows them. */
    Route route() {
        return Route.of(GET, "/metrics", "All figures, in the text format of Prometheus, or as OpenMetrics", this::show)
                .answers("text/plain");
    }

    private void show(Call call) throws IOException {
        String accept = call.header("Accept");
        boolean open = accept != null && accept.toLowerCase(Locale.ROOT).contains("application/openmetrics-text");
        figures.refresh();
        String type = open ? OPEN_METRICS : TEXT;
        call.reply(type, registry.scrape(type).getBytes(StandardCharsets.UTF_8));
    }
}
