package dev.hearsay.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.Hearsay;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.Propagation;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.wire.DropReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for Prometheus: every line of it is in the text format, and every figure is on it as what it is. */
class MetersTest {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") (?:[^\\\\\n]|\\\\\\\\|\\\\n)*");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary|untyped)");
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern SAMPLE = Pattern.compile(
            "(" + NAME + ")(\\{" + LABEL + "(?:," + LABEL + ")*})? " + "([-+]?[0-9.]+(?:E-?[0-9]+)?|NaN|[-+]Inf)");

    /** The types of the families, and the values of the samples, once each line was found to be one of the format. */
    private record Page(Map<String, String> types, Map<String, Double> samples) {
        static Page parse(String text) {
            Map<String, String> types = new LinkedHashMap<>();
            Map<String, Double> samples = new LinkedHashMap<>();
            assertTrue(text.endsWith("\n"), "the last line ends");
            for (String line : text.split("\n", -1)) {
                Matcher type = TYPE.matcher(line);
                Matcher sample = SAMPLE.matcher(line);
                if (type.matches()) {
                    assertEquals(null, types.put(type.group(1), type.group(2)), "twice: " + line);
                } else if (sample.matches()) {
                    String key = sample.group(1) + (sample.group(2) == null ? "" : sample.group(2));
                    assertEquals(null, samples.put(key, Double.valueOf(sample.group(3))), "twice: " + line);
                    String family = sample.group(1).replaceFirst("_(bucket|sum|count)$", "");
                    boolean typed = types.containsKey(sample.group(1)) || "histogram".equals(types.get(family));
                    assertTrue(typed, "before its type: " + line);
                } else {
                    assertTrue(line.isEmpty() || HELP.matcher(line).matches(), "no line of the format: " + line);
                }
            }
            return new Page(types, samples);
        }
    }

    @Test
    void everyFigureOfANodeIsOnThePageUnderOurPrefix() throws Exception {
        try (Cluster cluster = Hearsay.builder().name("m").bind("127.0.0.1", 0).start();
                HttpServer server = Site.start(cluster, new FakeHost(cluster), HttpLimits.DEFAULTS)) {
            Page page = Page.parse(metrics(server));
            Set<String> missing = new TreeSet<>();
            for (String figure : cluster.stats().keySet()) {
                String name = "hearsay_" + FigureMeters.name(figure).replaceFirst("_ms$", "_seconds");
                boolean there = page.types().containsKey(name) || page.types().containsKey(name + "_total");
                if (!there && !FigureMeters.ELSEWHERE.contains(FigureMeters.name(figure))) {
                    missing.add(figure);
                }
            }
            assertEquals(Set.of("hearsay.health_reason"), missing, "a word is no number");
            assertEquals("counter", page.types().get("hearsay_bytes_in_total"));
            assertEquals("gauge", page.types().get("hearsay_health_score"));
            assertEquals("gauge", page.types().get("hearsay_state_entries"));
            assertEquals("counter", page.types().get("hearsay_state_writes_total"));
            assertEquals(1.0, page.samples().get("hearsay_members{status=\"alive\"}"));
            assertTrue(page.types().keySet().stream().allMatch(name -> name.startsWith("hearsay_")), page.toString());
        }
    }

    @Test
    void howLongWritesTookIsAHistogramOfWhatTheNodeCounted() throws Exception {
        try (Site site = new Site()) {
            assertFalse(site.metrics().contains(PropagationMeter.NAME), "no shared state, no histogram");
        }
        try (Cluster cluster = Hearsay.builder().name("m").bind("127.0.0.1", 0).start();
                Site site = new Site(new FakeState(cluster.state()), HttpLimits.DEFAULTS)) {
            FakeState state = (FakeState) site.cluster.state();
            state.propagation = new Propagation(List.of(1L, 20L, 5_000L), List.of(2L, 0L, 3L, 1L), 12_345);
            Page page = Page.parse(site.metrics());
            assertEquals("histogram", page.types().get(PropagationMeter.NAME));
            assertEquals(2.0, page.samples().get(PropagationMeter.NAME + "_bucket{le=\"0.001\"}"));
            assertEquals(2.0, page.samples().get(PropagationMeter.NAME + "_bucket{le=\"0.02\"}"));
            assertEquals(5.0, page.samples().get(PropagationMeter.NAME + "_bucket{le=\"5.0\"}"));
            assertEquals(6.0, page.samples().get(PropagationMeter.NAME + "_bucket{le=\"+Inf\"}"));
            assertEquals(6.0, page.samples().get(PropagationMeter.NAME + "_count"));
            assertEquals(12.345, page.samples().get(PropagationMeter.NAME + "_sum"));
        }
    }

    /** A new figure is a counter unless {@link FigureMeters#GAUGES} has it: this says that somebody decided. */
    @Test
    void whatIsNoGaugeIsKnownToBeCounted() {
        Set<String> counted = new LinkedHashSet<>(List.of(
                "coordinate_resets",
                "listener_events_dropped",
                "state_listener_dropped",
                "state_store_batches",
                "state_store_damaged",
                "state_store_failures",
                "state_store_writes"));
        Stream.of(Counter.values())
                .forEach(counter -> counted.add(counter.name().toLowerCase(Locale.ROOT)));
        Stream.of(DropReason.values())
                .forEach(reason -> counted.add("dropped_" + reason.name().toLowerCase(Locale.ROOT)));
        try (Cluster cluster = Hearsay.builder().name("m").bind("127.0.0.1", 0).start()) {
            List<String> undecided = new ArrayList<>();
            for (String figure : cluster.stats().keySet()) {
                String name = FigureMeters.name(figure);
                boolean traffic = name.matches("(packets|bytes|streams|stream_bytes)_(in|out).*|vetoes_failed");
                boolean gauge = FigureMeters.GAUGES.contains(name) || FigureMeters.ELSEWHERE.contains(name);
                if (!counted.contains(name) && !traffic && !gauge && !name.equals("health_reason")) {
                    undecided.add(name);
                }
            }
            assertEquals(List.of(), undecided);
        }
    }

    @Test
    void requestsAreCountedByRouteAndStatusAndMembersByStatusAndEvents() throws Exception {
        try (Site site = new Site()) {
            site.get("/v1/members/real1");
            site.get("/v1/members/nobody");
            site.get("/v1/members/\"\n{}".replace("\"\n{}", "%22%0A%7B%7D"));
            site.get("/elsewhere");
            site.send(site.request("/v1/members").method("BREW", java.net.http.HttpRequest.BodyPublishers.noBody()));
            site.cluster.emit(new MemberEvent(MemberEvent.Kind.FAILED, site.cluster.self(), "x"));
            Map<String, Double> samples = Page.parse(site.metrics()).samples();
            String route = "hearsay_http_requests_total{method=\"GET\",route=\"/v1/members/{name}\",status=";
            assertEquals(1.0, samples.get(route + "\"200\"}"), samples.toString());
            assertEquals(2.0, samples.get(route + "\"404\"}"));
            assertEquals(1.0, samples.get("hearsay_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"}"));
            assertEquals(
                    1.0, samples.get("hearsay_http_requests_total{method=\"other\",route=\"none\",status=\"501\"}"));
            assertEquals(1.0, samples.get("hearsay_member_events_total{kind=\"failed\"}"));
            assertEquals(0.0, samples.get("hearsay_member_events_total{kind=\"joined\"}"));
            assertEquals(2.0, samples.get("hearsay_members{status=\"alive\"}"));
            assertEquals(1.0, samples.get("hearsay_http_requests_active"));
        }
    }

    @Test
    void openMetricsComeWhenTheyAreWanted() throws Exception {
        try (Site site = new Site()) {
            var answer = site.client.send(
                    site.request("/metrics")
                            .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
                            .build(),
                    java.net.http.HttpResponse.BodyHandlers.ofString());
            assertTrue(answer.body().endsWith("# EOF\n"));
            assertTrue(
                    answer.headers().firstValue("Content-Type").orElse("").startsWith("application/openmetrics-text"));
        }
    }

    private static String metrics(HttpServer server) throws Exception {
        return java.net.http.HttpClient.newHttpClient()
                .send(Site.request(server, "/metrics").build(), java.net.http.HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
