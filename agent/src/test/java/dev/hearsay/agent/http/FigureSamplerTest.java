package dev.hearsay.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.Hearsay;
import dev.hearsay.agent.FakeCluster;
import dev.hearsay.agent.http.Site.Answer;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.Propagation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a sample says, how many are kept, and how they are told. */
class FigureSamplerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static Cluster node;

    private final FakeCluster cluster = FakeCluster.captured();
    private final FakeState state = new FakeState(node.state());
    private final FakeHost host = new FakeHost(cluster);
    private FigureSampler sampler;

    @BeforeAll
    static void start() {
        node = Hearsay.builder().name("x").bind("127.0.0.1", 0).start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void begin() {
        cluster.state = state;
        state.propagation = new Propagation(List.of(1L, 20L), List.of(5L, 0L, 1L), 100);
        host.figures.put("hearsay.packets_out", "1000");
        sampler = new FigureSampler(cluster, host, new Feed("e.figures", FigureSampler.RING));
        sampler.begin(7 * SECOND);
    }

    private FigureSample sample(long nanos) {
        sampler.sample(nanos, NOON);
        return sampler.newest(1).get(0);
    }

    @Test
    void ratesAreGrowthPerSecondOfTheTimeThatReallyPassed() {
        host.figures.put("hearsay.packets_out", "1030");
        host.figures.put("hearsay.dropped_crc_mismatch", "3");
        host.figures.put("hearsay.dropped_too_short", "1");
        FigureSample first = sample(9 * SECOND);
        assertEquals(2.0, first.seconds());
        assertEquals(15.0, first.rates().get("packets_out"));
        assertEquals(2.0, first.rates().get(FigureSampler.DROPPED));
        assertEquals(0.0, sample(10 * SECOND).rates().get("packets_out"));
    }

    @Test
    void everyRateIsAFigureThatANodeHas() {
        for (String rate : FigureSampler.RATES) {
            assertTrue(node.stats().containsKey("hearsay." + rate), rate);
        }
    }

    @Test
    void membersAreCountedByStatusAndEventsAboutThemByKind() {
        cluster.add(FakeCluster.member("gone", "127.0.15.3", Status.FAILED, Map.of()));
        sampler.onEvent(new MemberEvent(MemberEvent.Kind.SUSPECTED, cluster.self(), ""));
        sampler.onEvent(new MemberEvent(MemberEvent.Kind.SUSPECTED, cluster.self(), ""));
        sampler.onEvent(new MemberEvent(MemberEvent.Kind.FAILED, cluster.self(), ""));
        FigureSample sample = sample(8 * SECOND);
        assertEquals(new FigureSample.MemberFigures(2, 0, 0, 0, 1), sample.members());
        assertEquals(Map.of("suspected", 2, "failed", 1), sample.heard());
        assertEquals(Map.of(), sample(9 * SECOND).heard(), "each is told once");
    }

    @Test
    void delaysAreThoseOfThisSampleOnly() {
        assertEquals(List.of(0.001, 0.02), sampler.boundsSeconds());
        state.propagation = new Propagation(List.of(1L, 20L), List.of(7L, 4L, 1L), 200);
        assertEquals(List.of(2L, 4L, 0L), sample(8 * SECOND).propagation());
        assertEquals(List.of(0L, 0L, 0L), sample(9 * SECOND).propagation());
    }

    @Test
    void withoutSharedStateThereAreNoDelays() {
        FakeCluster bare = FakeCluster.captured();
        FigureSampler without = new FigureSampler(bare, new FakeHost(bare), new Feed("e.figures", 4));
        without.begin(0);
        without.sample(SECOND, NOON);
        assertEquals(List.of(), without.boundsSeconds());
        assertEquals(List.of(), without.newest(1).get(0).propagation());
    }

    @Test
    void theOldestIsForgottenAndTheNewestAreLast() {
        for (int i = 1; i <= FigureSampler.KEPT + 5; i++) {
            host.figures.put("hearsay.suspicions", Integer.toString(i));
            sample((7 + i) * SECOND);
        }
        List<FigureSample> all = sampler.newest(Integer.MAX_VALUE);
        assertEquals(FigureSampler.KEPT, all.size());
        assertEquals(6, all.get(0).local().suspicions());
        assertEquals(
                List.of(FigureSampler.KEPT + 4L, FigureSampler.KEPT + 5L),
                sampler.newest(2).stream().map(s -> s.local().suspicions()).toList());
    }

    @Test
    void aSampleThatFailsIsFollowedByTheNext() {
        state.propagation = null;
        sampler.sample(8 * SECOND, NOON);
        assertEquals(List.of(), sampler.newest(1));
        state.propagation = new Propagation(List.of(1L, 20L), List.of(6L, 0L, 1L), 101);
        assertEquals(List.of(1L, 0L, 0L), sample(9 * SECOND).propagation());
    }

    @Test
    void overHttpTheLastMinutesAreThereAndEachFurtherSampleIsTold() throws Exception {
        try (Site site = new Site()) {
            try (Sse stream = Sse.open(site.client, site.request("/v1/stream?kind=figures"))) {
                Sse.Told told = stream.next();
                assertEquals("figures", told.kind());
                assertTrue(told.id().contains(".figures-"), told.id());
                assertEquals(2, told.data().at("/members/alive").asInt());
            }
            Answer past = site.get("/v1/figures?limit=1");
            assertEquals(1, past.json().get("samples").size());
            assertEquals(1, past.json().get("interval_seconds").asInt());
            assertEquals("invalid_field", site.get("/v1/figures?limit=901").error());
            Answer both = site.get("/v1/stream?kind=figures&kind=member");
            assertEquals("figures goes alone", both.message().replaceAll("^kind: |:[^:]*$", ""));
        }
    }
}
