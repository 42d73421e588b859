package dev.hearsay.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.agent.FakeCluster;
import dev.hearsay.agent.http.MemberHistory.HistoryBody;
import dev.hearsay.agent.http.MemberHistory.HistoryEntry;
import dev.hearsay.agent.http.Site.Answer;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.MemberEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is remembered of members, and what is forgotten first. */
class MemberHistoryTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final MemberHistory history = new MemberHistory();

    private void hear(String name, MemberEvent.Kind kind, String by, int second) {
        history.onEvent(
                new MemberEvent(kind, FakeCluster.member(name, "127.0.15.3", Status.SUSPECT, Map.of("role", "db")), by),
                NOON.plusSeconds(second));
    }

    @Test
    void anEntrySaysWhatHappenedWhenByWhomAndHowTheMemberWasThen() {
        hear("n1", MemberEvent.Kind.SUSPECTED, "n2", 5);
        assertEquals(
                new HistoryBody(
                        "n1",
                        0,
                        List.of(new HistoryEntry(
                                "2026-01-01T12:00:05Z",
                                "suspected",
                                "n2",
                                "suspect",
                                1,
                                "127.0.15.3:7946",
                                Map.of("role", "db")))),
                history.of("n1"));
        assertEquals(List.of(), history.of("n2").entries());
    }

    @Test
    void aMemberThatComesAndGoesPushesOutItsOwnPastAndNotThatOfOthers() {
        hear("quiet", MemberEvent.Kind.JOINED, "", 0);
        for (int i = 1; i <= MemberHistory.MOST + 10; i++) {
            hear("busy", i % 2 == 0 ? MemberEvent.Kind.REFUTED : MemberEvent.Kind.SUSPECTED, "", i);
        }
        assertEquals(1, history.of("quiet").entries().size());
        HistoryBody busy = history.of("busy");
        assertEquals(MemberHistory.MOST_PER_MEMBER, busy.entries().size());
        assertEquals(MemberHistory.MOST + 10 - MemberHistory.MOST_PER_MEMBER, busy.forgotten());
        assertEquals(
                NOON.plusSeconds(MemberHistory.MOST + 10L).toString(),
                busy.entries().get(MemberHistory.MOST_PER_MEMBER - 1).at());
    }

    @Test
    void aboveTheBoundForAllTheOldestOfAllIsForgotten() {
        hear("first", MemberEvent.Kind.JOINED, "", 0);
        hear("second", MemberEvent.Kind.JOINED, "", 1);
        hear("second", MemberEvent.Kind.SUSPECTED, "", 2);
        for (int i = 0; i < MemberHistory.MOST - 1; i++) {
            hear("m" + i, MemberEvent.Kind.JOINED, "", 3 + i);
        }
        assertEquals(List.of(), history.of("first").entries());
        assertEquals(1, history.of("second").forgotten());
        assertEquals("suspected", history.of("second").entries().get(0).kind());
        assertEquals(1, history.of("m0").entries().size());
    }

    @Test
    void overHttpAMemberThatIsKnownHasAPastEvenIfNothingHappenedAndAStrangerHasNone() throws Exception {
        try (Site site = new Site()) {
            site.cluster.emit(new MemberEvent(MemberEvent.Kind.SUSPECTED, site.cluster.self(), "real2"));
            Answer past = site.get("/v1/members/real1/history");
            assertEquals("real2", past.json().at("/entries/0/by").asText());
            assertEquals("web", past.json().at("/entries/0/tags/role").asText());
            Answer nothing = site.get("/v1/members/real2/history");
            assertEquals(200, nothing.status());
            assertEquals(0, nothing.json().get("entries").size());
            assertEquals(
                    "no_such_member", site.get("/v1/members/nobody/history").error());
            var gone = FakeCluster.member("gone", "127.0.15.9", Status.LEFT, Map.of());
            site.cluster.emit(new MemberEvent(MemberEvent.Kind.REAPED, gone, ""));
            assertEquals(200, site.get("/v1/members/gone/history").status(), "it was known");
        }
    }
}
