package dev.hearsay.agent.mixed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.mixed.Step.Action;
import dev.hearsay.agent.rpc.WireMember;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Views that agree with what happened pass, and others are found. h1 is at .1, s1 at .2. */
class ExpectedTest {
    private static final Map<String, String> OURS = Map.of("kind", "hearsay", "start", "1");
    private static final Map<String, String> SERF = Map.of("kind", "serf", "start", "1");

    private final Expected expected = new Expected("127.1.2", 1, 1);

    @Test
    void aViewOfAllThatAreUpWithTheirAddressesAndTagsIsRight() {
        bothUp();
        assertRight(see("h1", 1, "alive", OURS), see("s1", 2, "alive", SERF));
    }

    @Test
    void whoIsMissingTooManyOrListedTwiceIsFound() {
        bothUp();
        assertWrong("does not know s1", see("h1", 1, "alive", OURS));
        WireMember us = see("h1", 1, "alive", OURS);
        WireMember them = see("s1", 2, "alive", SERF);
        assertWrong("[x9], who do not exist", us, them, see("x9", 3, "left", SERF));
        assertWrong("lists s1 twice", us, them, them);
    }

    @Test
    void aWrongStatusAddressOrTagIsFoundAndSoIsASuspicion() {
        bothUp();
        WireMember us = see("h1", 1, "alive", OURS);
        assertWrong("sees s1 as failed", us, see("s1", 2, "failed", SERF));
        assertWrong("sees s1 as alive 127.1.2.3:7946", us, see("s1", 3, "alive", SERF));
        assertWrong("{kind=serf, start=0}", us, see("s1", 2, "alive", Map.of("kind", "serf", "start", "0")));
        assertWrong("sees s1 as suspect", us, see("s1", 2, "alive", SERF, true));
    }

    @Test
    void whoeverIsKilledOrPausedHasFailedAndWhoeverLeftHasLeft() {
        bothUp();
        WireMember us = see("h1", 1, "alive", OURS);
        expected.apply(Step.of(Action.PAUSE, "s1"));
        assertRight(us, see("s1", 2, "failed", SERF));
        expected.apply(Step.of(Action.RESUME, "s1"));
        assertWrong("sees s1 as failed", us, see("s1", 2, "failed", SERF));
        expected.apply(Step.of(Action.KILL, "s1"));
        assertWrong("instead of failed", us, see("s1", 2, "left", SERF));
        expected.apply(Step.of(Action.START, "s1", "h1"));
        expected.apply(Step.of(Action.LEAVE, "s1"));
        assertWrong("instead of left", us, see("s1", 2, "failed", Map.of("kind", "serf", "start", "2")));
        assertRight(us, see("s1", 2, "left", Map.of("kind", "serf", "start", "2")));
    }

    @Test
    void onlyWhoeverMetAMemberHasToKnowThatItIsGone() {
        bothUp();
        expected.apply(Step.of(Action.KILL, "s1"));
        assertWrong("does not know s1", see("h1", 1, "alive", OURS));
        expected.apply(Step.of(Action.REBOOT, "h1"));
        assertRight(see("h1", 1, "alive", Map.of("kind", "hearsay", "start", "2")));
    }

    @Test
    void whoeverMovesHasAnotherAddressAndMovesOnlyAfterAFarewellThatAllHeard() {
        bothUp();
        expected.apply(Step.of(Action.KILL, "s1"));
        assertEquals(List.of(), expected.movable());
        expected.apply(Step.of(Action.START, "s1", "h1"));
        expected.apply(Step.of(Action.LEAVE, "s1"));
        assertEquals(List.of("s1"), expected.movable());
        expected.apply(Step.of(Action.MOVE, "s1", "h1"));
        assertEquals("127.1.2.12", expected.host("s1"));
        expected.apply(Step.of(Action.PAUSE, "h1"));
        expected.apply(Step.of(Action.LEAVE, "s1"));
        expected.apply(Step.of(Action.RESUME, "h1"));
        assertEquals(List.of(), expected.movable());
    }

    private void bothUp() {
        expected.apply(Step.of(Action.START, "h1"));
        expected.apply(Step.of(Action.START, "s1", "h1"));
        expected.agreed();
    }

    private void assertRight(WireMember... view) {
        assertEquals("", expected.wrong("h1", List.of(view)));
    }

    private void assertWrong(String part, WireMember... view) {
        String wrong = expected.wrong("h1", List.of(view));
        assertTrue(wrong.contains(part), wrong);
    }

    private static WireMember see(String name, int host, String status, Map<String, String> tags) {
        return see(name, host, status, tags, false);
    }

    private static WireMember see(String name, int host, String status, Map<String, String> tags, boolean suspect) {
        try {
            InetAddress ip = InetAddress.getByAddress(new byte[] {127, 1, 2, (byte) host});
            return new WireMember(
                    name,
                    ip,
                    7946,
                    new TreeMap<>(tags),
                    status,
                    suspect,
                    1,
                    5,
                    2,
                    2,
                    5,
                    5,
                    List.of(),
                    OptionalDouble.empty());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
