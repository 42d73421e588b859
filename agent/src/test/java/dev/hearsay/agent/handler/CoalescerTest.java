package dev.hearsay.agent.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.FakeCluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.ClusterMember.Status;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.MemberEvent.Kind;
import dev.hearsay.api.UserEvent;
import dev.hearsay.core.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Serf's coalescing, in virtual time. */
class CoalescerTest {
    private final Coalescer coalescer = new Coalescer();
    /** Far from zero, and such that it overflows: only differences count. */
    private long now = Long.MAX_VALUE - Duration.ofSeconds(2).toNanos();

    private final List<String> out = new ArrayList<>();

    @Test
    void whatComesTogetherIsHandedOutTogetherOneSecondAfterTheLast() {
        member(Kind.JOINED, "a");
        pass(600);
        member(Kind.JOINED, "b");
        member(Kind.LEFT, "c");
        pass(999);
        assertEquals(List.of(), out);
        pass(1);
        assertEquals(List.of("member-join [a, b]", "member-leave [c]"), out);
        assertEquals(Long.MAX_VALUE, coalescer.waitNanos(now));
    }

    @Test
    void nothingIsHeldForMoreThanThreeSeconds() {
        for (int i = 0; i < 6; i++) {
            member(Kind.JOINED, "m" + i);
            pass(500);
        }
        assertEquals(List.of("member-join [m0, m1, m2, m3, m4, m5]"), out);
    }

    @Test
    void ofAMembersEventsOnlyTheLastCounts() {
        member(Kind.JOINED, "a");
        member(Kind.FAILED, "a");
        member(Kind.JOINED, "a");
        member(Kind.LEFT, "a");
        pass(1000);
        assertEquals(List.of("member-leave [a]"), out);
    }

    @Test
    void whatWasHandedOutBeforeIsNotHandedOutAgain() {
        member(Kind.JOINED, "a");
        pass(1000);
        member(Kind.FAILED, "a");
        member(Kind.JOINED, "a");
        pass(1000);
        assertEquals(List.of("member-join [a]"), out);
        member(Kind.FAILED, "a");
        pass(1000);
        assertEquals(List.of("member-join [a]", "member-failed [a]"), out);
    }

    /** Serf keeps the member among the latest and repeats its update with every batch (serf#555). */
    @Test
    void anUpdateIsHandedOutOnceAndNotAgainWithEachLaterBatch() {
        member(Kind.UPDATED, "a");
        pass(1000);
        member(Kind.JOINED, "b");
        pass(1000);
        member(Kind.LEFT, "b");
        pass(1000);
        assertEquals(List.of("member-update [a]", "member-join [b]", "member-leave [b]"), out);
        member(Kind.UPDATED, "a");
        pass(1000);
        assertEquals("member-update [a]", out.get(3), "a second update is news");
    }

    @Test
    void whoWasReapedAndComesBackJoinsAnew() {
        member(Kind.REAPED, "a");
        pass(1000);
        member(Kind.REAPED, "a");
        pass(1000);
        assertEquals(List.of("member-reap [a]", "member-reap [a]"), out, "nothing is remembered of the reaped");
    }

    @Test
    void eventsThatSerfDoesNotHaveAreIgnored() {
        for (Kind kind :
                List.of(Kind.SUSPECTED, Kind.REFUTED, Kind.DAMPED, Kind.LEAVING, Kind.NAME_CONFLICT, Kind.NAME_LOST)) {
            member(kind, "a");
        }
        assertEquals(Long.MAX_VALUE, coalescer.waitNanos(now));
    }

    @Test
    void ofUserEventsOfOneNameThoseOfTheLatestLamportTimeCount() {
        user("deploy", "old", 4, true);
        user("deploy", "new", 6, true);
        user("deploy", "late", 5, true);
        user("restart", "r", 1, true);
        user("deploy", "twin", 6, true);
        pass(1000);
        assertEquals(List.of("deploy new 6", "deploy twin 6", "restart r 1"), out);
        user("deploy", "newer", 7, true);
        pass(1000);
        assertEquals("deploy newer 7", out.get(3));
        assertEquals(4, out.size(), out::toString);
    }

    @Test
    void userEventsThatMustNotBeCoalescedPassAtOnce() {
        user("deploy", "held", 4, true);
        user("deploy", "now", 5, false);
        assertEquals(List.of("deploy now 5"), out);
    }

    @Test
    void memberEventsDoNotDelayUserEvents() {
        user("deploy", "v", 4, true);
        pass(900);
        member(Kind.JOINED, "a");
        pass(100);
        assertEquals(List.of("deploy v 4"), out);
        pass(900);
        assertEquals(List.of("deploy v 4", "member-join [a]"), out);
    }

    @Test
    void noMoreAreHeldThanTheBoundAllows() {
        for (int i = 0; i < Coalescer.MAX_HELD; i++) {
            assertEquals(0, out.size());
            member(Kind.JOINED, "m" + i);
        }
        assertEquals(1, out.size());
        out.clear();
        for (int i = 0; i < Coalescer.MAX_HELD; i++) {
            assertEquals(0, out.size());
            user("n" + i, "", 1, true);
        }
        assertEquals(Coalescer.MAX_HELD, out.size());
        assertEquals(Long.MAX_VALUE, coalescer.waitNanos(now));
    }

    @Test
    void itIsNeverAskedToWaitForNothing() {
        member(Kind.JOINED, "a");
        long wait = coalescer.waitNanos(now);
        assertTrue(wait > 0 && wait <= Coalescer.QUIET.toNanos(), () -> wait + " ns");
    }

    private void member(Kind kind, String name) {
        ClusterMember member = FakeCluster.member(name, "127.0.0.1", Status.ALIVE, Map.of());
        note(coalescer.offer(new MemberEvent(kind, member, ""), now));
    }

    private void user(String name, String payload, long time, boolean coalesce) {
        Bytes bytes = Bytes.of(payload.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        note(coalescer.offer(new UserEvent(name, bytes, time, coalesce), now));
    }

    /** In steps, as a clock does, asking each time. */
    private void pass(int millis) {
        for (int i = 0; i < millis; i++) {
            now += 1_000_000;
            note(coalescer.due(now));
        }
    }

    private void note(List<HandlerEvent> events) {
        for (HandlerEvent event : events) {
            if (event instanceof HandlerEvent.Members members) {
                out.add(members.kind() + " "
                        + members.members().stream().map(ClusterMember::name).collect(Collectors.toList()));
            } else if (event instanceof HandlerEvent.User user) {
                out.add(user.name() + " "
                        + new String(user.event().payload().toArray(), java.nio.charset.StandardCharsets.UTF_8) + " "
                        + user.event().time());
            }
        }
    }
}
