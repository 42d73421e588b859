package dev.hearsay.core.dissemination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Message;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.DenseMemberTable;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.state.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DisseminationTest {
    private static final Sizes SIZES = new Sizes() {
        @Override
        public long of(StreamMessage message) {
            return 0;
        }

        @Override
        public int entry(Entry entry) {
            return 0;
        }

        @Override
        public int of(Message message) {
            return message instanceof Message.Suspect suspect
                    ? suspect.accuser().length()
                    : 10;
        }

        @Override
        public int packet(Message message) {
            return of(message);
        }

        @Override
        public int packetOverhead() {
            return 0;
        }

        @Override
        public int perPart() {
            return 2;
        }

        @Override
        public int perCompound() {
            return 2;
        }
    };

    private final DenseMemberTable table = new DenseMemberTable();
    private final Counters counters = new Counters();
    private final Dissemination queue = new Dissemination(Config.lan(), table, SIZES, counters);

    @Test
    void theTransmitLimitGrowsWithTheLogarithmSwimSection41() {
        assertEquals(4, limitAmong(1));
        assertEquals(4, limitAmong(9));
        assertEquals(8, limitAmong(10));
        assertEquals(8, limitAmong(99));
        assertEquals(12, limitAmong(100));
        assertEquals(12, limitAmong(999));
    }

    @Test
    void newsAboutMembersThatArePrunedAsFastAsTheyComeIsBounded() {
        int most = Dissemination.LEAST_BOUND;
        for (int i = 0; i < 3 * most; i++) {
            queue.spread(new Message.Dead("pruned" + i, 1, "x"));
        }
        assertEquals(most, queue.size());
        assertEquals(2L * most, counters.get(Counter.UPDATES_DROPPED));
        assertTrue(queue.spreading(false, "pruned" + (3 * most - 1)), "the newest is kept");
    }

    @Test
    void theBoundGrowsWithTheMembersSoThatNewsAboutAllOfThemFits() {
        grow(3 * Dissemination.LEAST_BOUND);
        for (int i = 0; i < table.size(); i++) {
            queue.spread(dead("n" + i));
        }
        assertEquals(table.size(), queue.size());
        assertEquals(0, counters.get(Counter.UPDATES_DROPPED));
    }

    /** Three quarters of the sends are for the rounds that do not wait, the rest for the tick. */
    @Test
    void anUpdateIsUrgentUntilThreeQuartersOfItsSendsAreUsed() {
        grow(20);
        queue.spread(dead("a"));
        for (int i = 0; i < 6; i++) {
            assertTrue(queue.urgent());
            assertEquals(1, takeUrgent(100).size());
        }
        assertFalse(queue.urgent());
        assertTrue(takeUrgent(100).isEmpty());
        assertEquals(1, take(100).size());
        assertEquals(1, take(100).size());
        assertEquals(0, queue.size());
    }

    @Test
    void whatManyOthersSpreadAtTheSameTimeIsUrgentForFewerSends() {
        grow(20);
        queue.spreadBriefly(dead("a"));
        queue.spread(dead("b"));
        for (int i = 0; i < 3; i++) {
            assertEquals(2, takeUrgent(100).size());
        }
        assertEquals(List.of(dead("b")), takeUrgent(100));
    }

    /** memberlist issue 299, in the rounds that do not wait for the tick. */
    @Test
    void urgentPacketsAreSharedInTheSameWay() {
        for (int i = 0; i < 2_000; i++) {
            queue.spread(dead("m" + i));
            queue.spreadUser(null, user());
        }
        int users = 0;
        for (int packet = 0; packet < 100; packet++) {
            users += (int) takeUrgent(120).stream()
                    .filter(Message.User.class::isInstance)
                    .count();
        }
        assertEquals(250, users, 3);
    }

    @Test
    void eachUpdateIsSentExactlyUpToTheLimit() {
        grow(20);
        for (int i = 0; i < 30; i++) {
            queue.spread(dead("m" + i));
        }
        Map<String, Integer> sent = new HashMap<>();
        while (queue.size() > 0) {
            List<Message> packet = take(100);
            assertEquals(
                    packet.size(),
                    packet.stream().distinct().count(),
                    "an update stands twice in one packet: " + packet);
            packet.forEach(m -> sent.merge(((Message.News) m).node(), 1, Integer::sum));
        }
        assertEquals(30, sent.size());
        sent.values().forEach(times -> assertEquals(8, times));
        assertEquals(30, counters.get(Counter.UPDATES_SPREAD));
    }

    @Test
    void whatWasSentLeastOftenGoesFirstAndTheNewestFirstAmongThese() {
        queue.spread(dead("old"));
        queue.spread(dead("new"));
        assertEquals(List.of(dead("new")), take(12));
        assertEquals(List.of(dead("old")), take(12));
        queue.spread(dead("newest"));
        assertEquals(List.of(dead("newest")), take(12));
    }

    @Test
    void newerNewsAboutAMemberReplacesOlder() {
        queue.spread(dead("a"));
        take(12);
        queue.spread(new Message.Suspect("a", 2, "accuser"));
        assertEquals(1, queue.size());
        assertEquals(List.of(new Message.Suspect("a", 2, "accuser")), take(100));
    }

    @Test
    void anIntentDoesNotReplaceNewsAboutTheSameMember() {
        queue.spread(dead("a"));
        queue.spreadIntent("a", new Message.LeaveIntent(1, "a", false));
        assertEquals(2, queue.size());
        assertTrue(queue.spreading(true, "a"));
        assertTrue(queue.spreading(false, "a"));
        assertFalse(queue.spreading(true, "b"));
    }

    @Test
    void nothingIsTakenBeyondTheByteBudget() {
        queue.spread(new Message.Suspect("big", 1, "x".repeat(50)));
        queue.spread(dead("small"));
        assertEquals(List.of(dead("small")), take(51));
        assertEquals(2, take(64).size());
        assertTrue(take(11).isEmpty());
    }

    @Test
    void aPacketHoldsAtMost127Parts() {
        for (int i = 0; i < 300; i++) {
            queue.spread(dead("m" + i));
        }
        assertEquals(Dissemination.MAX_PARTS, take(1_000_000).size());
    }

    @Test
    void intentsAreBoundedAndTheMostSentMakesRoom() {
        for (int i = 0; i <= Dissemination.LEAST_BOUND; i++) {
            queue.spreadIntent("m" + i, new Message.JoinIntent(1, "m" + i));
        }
        assertEquals(Dissemination.LEAST_BOUND, queue.size());
        assertFalse(queue.spreading(true, "m0"));
        assertEquals(1, counters.get(Counter.UPDATES_DROPPED));
    }

    /** memberlist issue 299: in a large cluster, user messages starved behind news. */
    @Test
    void userMessagesGetAQuarterOfTheBytesHoweverMuchNewsThereIs() {
        for (int i = 0; i < 2_000; i++) {
            queue.spread(dead("m" + i));
            queue.spreadUser(null, user());
        }
        int news = 0;
        int users = 0;
        for (int packet = 0; packet < 100; packet++) {
            List<Message> parts = take(120);
            users += (int) parts.stream().filter(Message.User.class::isInstance).count();
            news += (int) parts.stream().filter(Message.News.class::isInstance).count();
        }
        assertEquals(
                1_000, users + news, "of news and user messages, ten fit into each packet, more where news is smaller");
        assertEquals(250, users, 3);
    }

    @Test
    void aUserMessageThatFillsAPacketIsSentInEveryFourth() {
        for (int i = 0; i < 2_000; i++) {
            queue.spread(new Message.Suspect("m" + i, 1, "x".repeat(10)));
        }
        for (int i = 0; i < 50; i++) {
            queue.spreadUser("key" + i, user());
        }
        int packets = 0;
        int users = 0;
        for (; packets < 40; packets++) {
            users += (int)
                    take(12).stream().filter(Message.User.class::isInstance).count();
        }
        assertEquals(10, users);
    }

    @Test
    void whatUserMessagesDoNotNeedIsForNewsAndTheOtherWayRound() {
        queue.spreadUser(null, user());
        assertEquals(1, take(12).size());
        for (int i = 0; i < 10; i++) {
            queue.spread(dead("m" + i));
        }
        assertEquals(8, take(24 * 4).size());
    }

    @Test
    void aUserMessageReplacesTheOneWithItsKeyAndNoOther() {
        queue.spreadUser("a", user());
        queue.spreadUser("a", new Message.User(Bytes.of((byte) 1)));
        queue.spreadUser(null, new Message.User(Bytes.of((byte) 2)));
        queue.spreadUser(null, new Message.User(Bytes.of((byte) 3)));
        assertEquals(
                List.of(
                        new Message.User(Bytes.of((byte) 3)),
                        new Message.User(Bytes.of((byte) 2)),
                        new Message.User(Bytes.of((byte) 1))),
                take(100));
    }

    @Test
    void userMessagesAreBounded() {
        for (int i = 0; i <= Dissemination.LEAST_BOUND; i++) {
            queue.spreadUser(null, user());
        }
        assertEquals(Dissemination.LEAST_BOUND, queue.size());
        assertEquals(1, counters.get(Counter.UPDATES_DROPPED));
    }

    private static Message.User user() {
        return new Message.User(Bytes.EMPTY);
    }

    private int limitAmong(int n) {
        grow(n);
        return queue.transmitLimit();
    }

    private void grow(int n) {
        while (table.size() < n) {
            Address address = Address.ipv4(10, 0, 0, 1, 1);
            Claim claim = new Claim("n" + table.size(), 1, address, Bytes.EMPTY, Versions.SERF, MemberState.ALIVE);
            table.put(new Member(claim, false, 0));
        }
    }

    private List<Message> take(int budget) {
        List<Message> into = new ArrayList<>();
        queue.take(budget, false, into);
        return into;
    }

    private List<Message> takeUrgent(int budget) {
        List<Message> into = new ArrayList<>();
        queue.take(budget, true, into);
        return into;
    }

    private static Message.Dead dead(String name) {
        return new Message.Dead(name, 1, "x");
    }
}
