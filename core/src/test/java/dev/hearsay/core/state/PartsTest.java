package dev.hearsay.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.state.HotQueue.Hot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small parts that decide what is sent when: the queue of news, packets, budgets, hops. */
class PartsTest {
    private static final long SECOND = 1_000_000_000L;

    // ---- the queue of what is told

    @Test
    void who_writes_little_waits_for_one_entry_of_each_other_only() {
        HotQueue queue = new HotQueue();
        for (int i = 0; i < 1000; i++) {
            queue.add(new Hot(entry("loud" + i, 1), 0, false));
        }
        for (int i = 0; i < 10; i++) {
            queue.add(new Hot(entry("quiet" + i, 2), 0, false));
        }
        List<Hot> all = queue.inTurn();
        assertEquals(1010, all.size());
        List<Integer> places = places(all, 2);
        for (int i = 0; i < 10; i++) {
            assertEquals(2 * i + 1, places.get(i));
        }
        // Of each writer the oldest first, and the next time the other one begins.
        assertEquals("loud0", all.get(0).entry.id().collection());
        assertEquals("quiet0", queue.inTurn().get(0).entry.id().collection());
        assertEquals("loud0", queue.inTurn().get(0).entry.id().collection());
    }

    @Test
    void a_queue_that_is_full_drops_what_was_told_most_often() {
        HotQueue queue = new HotQueue();
        List<Hot> added = new ArrayList<>();
        for (int i = 0; i < HotQueue.MOST; i++) {
            added.add(new Hot(entry("e" + i, i % 5), 0, false));
            assertFalse(queue.add(added.get(i)));
        }
        queue.told(added.get(3));
        assertTrue(queue.add(new Hot(entry("one more", 7), 0, false)));
        assertEquals(HotQueue.MOST, queue.size());
        assertFalse(queue.holds(added.get(3).entry));
        for (int i = 0; i < 100; i++) {
            assertTrue(queue.add(new Hot(entry("more" + i, 7), 0, false)));
        }
        assertEquals(HotQueue.MOST, queue.size());
        assertEquals(HotQueue.MOST, queue.inTurn().size());
    }

    @Property(tries = 200)
    void the_backlog_is_what_this_node_has_written_and_not_told_yet(@ForAll long seed) {
        Random random = new Random(seed);
        HotQueue queue = new HotQueue();
        for (int i = 0; i < 200; i++) {
            switch (random.nextInt(4)) {
                case 0 -> queue.inTurn().stream().limit(3).forEach(queue::told);
                case 1 -> queue.removeIf(hot -> hot.rounds() > random.nextInt(4));
                default ->
                    queue.add(new Hot(
                            Entry.of(id("e" + random.nextInt(20)), i + 1, random.nextInt(3), 0, Bytes.of(new byte[i])),
                            0,
                            random.nextBoolean()));
            }
            long backlog = 0;
            List<Hot> all = queue.inTurn();
            for (Hot hot : all) {
                backlog += hot.own && hot.rounds() == 0 ? hot.entry.bytes() : 0;
                assertTrue(queue.holds(hot.entry));
            }
            assertEquals(queue.size(), all.size());
            assertEquals(backlog, queue.backlog());
        }
    }

    @Test
    void a_newer_version_takes_the_place_of_an_older_one() {
        HotQueue queue = new HotQueue();
        Entry old = Entry.of(id("e"), 1, 1, 0, Bytes.EMPTY);
        Entry young = Entry.of(id("e"), 2, 2, 0, Bytes.EMPTY);
        queue.add(new Hot(old, 3, true));
        assertEquals(3, queue.hops(old));
        queue.add(new Hot(young, 4, false));
        assertEquals(1, queue.size());
        assertEquals(-1, queue.hops(old));
        assertEquals(4, queue.hops(young));
        assertEquals(0, queue.backlog());
    }

    // ---- packets

    @Property(tries = 300)
    void every_entry_is_in_one_packet_no_packet_has_more_than_its_room_and_what_fits_nowhere_is_announced_as_large(
            @ForAll @IntRange(min = 8, max = 1400) int room, @ForAll long seed) {
        Random random = new Random(seed);
        Packing packing = new Packing(room);
        List<Integer> bytes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            bytes.add(1 + random.nextInt(random.nextInt(8) == 0 ? 3000 : 300));
            Hot hot = new Hot(entry("e" + i, i), 1, false);
            if (random.nextInt(3) == 0) {
                packing.announce(hot.entry, bytes.get(i), hot);
            } else {
                packing.push(hot.entry, 2, bytes.get(i), hot);
            }
        }
        int told = 0;
        for (Packing.Packet packet : packing.packets()) {
            StateFrame.News news = packet.news();
            int used = Sending.HASH * (news.announced().size() + news.large().size());
            for (StateFrame.Pushed pushed : news.entries()) {
                int index = (int) pushed.entry().writer();
                assertTrue(bytes.get(index) <= room);
                assertEquals(2, pushed.hops());
                used += bytes.get(index);
            }
            assertTrue(used <= room, used + " bytes, and room for " + room);
            assertEquals(
                    news.entries().size()
                            + news.announced().size()
                            + news.large().size(),
                    packet.told().size());
            for (Hot hot : packet.told()) {
                assertEquals(told++, (int) hot.entry.writer(), "out of turn");
                boolean large = bytes.get((int) hot.entry.writer()) > room;
                assertEquals(large, news.large().contains(hot.entry.hash()));
            }
        }
        assertEquals(100, told);
    }

    // ---- budgets

    @Test
    void a_budget_is_open_until_it_is_in_debt_and_pays_off_at_its_rate() {
        Budget budget = new Budget(1000);
        assertTrue(budget.open(0) && budget.full(0));
        assertEquals(0, budget.untilOpen(0));
        budget.spend(999);
        assertTrue(budget.open(0));
        assertFalse(budget.full(0));
        budget.spend(501);
        assertFalse(budget.open(0));
        assertEquals(SECOND / 2 + 1, budget.untilOpen(0));
        assertFalse(budget.open(SECOND / 2 - 1));
        assertTrue(budget.open(SECOND / 2 + 1_000_000));
        assertFalse(budget.full(SECOND));
        assertTrue(budget.full(2 * SECOND));
        // However long it was quiet, there is one second's worth.
        assertTrue(budget.open(100 * SECOND));
        budget.spend(1001);
        assertFalse(budget.open(100 * SECOND));
    }

    @Property(tries = 200)
    void over_any_time_at_most_one_second_more_than_the_rate_and_one_packet_is_sent(@ForAll long seed) {
        Random random = new Random(seed);
        Budget budget = new Budget(10_000);
        long now = 0;
        long sent = 0;
        for (int i = 0; i < 500; i++) {
            now += random.nextInt(50_000_000);
            if (budget.open(now)) {
                int bytes = random.nextInt(1400);
                budget.spend(bytes);
                sent += bytes;
            } else {
                assertTrue(budget.open(now + budget.untilOpen(now)));
            }
            assertTrue(sent <= 10_000 + 10_000 * (now + SECOND) / SECOND + 1400, sent + " bytes after " + now);
        }
    }

    // ---- hops

    @ParameterizedTest
    @CsvSource({
        "1, 4, 1",
        "10, 4, 1",
        "39, 4, 1",
        "40, 4, 1",
        "159, 4, 1",
        "160, 4, 2",
        "640, 4, 3",
        "1000, 4, 3",
        "10000, 4, 4",
        "100000, 4, 6",
        "1000, 3, 4",
        "1000, 10, 2",
        "1000, 32, 1",
        "1000000, 2, 16",
        "1000000, 1, 17"
    })
    void an_entry_is_pushed_for_as_many_hops_as_reach_a_tenth_of_the_members(int members, int fanout, int hops) {
        assertEquals(hops, Spreading.switchHops(members, fanout));
    }

    private static List<Integer> places(List<Hot> all, long writer) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).entry.writer() == writer) {
                places.add(i);
            }
        }
        return places;
    }

    private static EntryId id(String name) {
        return new EntryId(StateKind.MAP, name, Bytes.EMPTY, 0);
    }

    private static Entry entry(String name, long writer) {
        return Entry.of(id(name), 1, writer, 0, Bytes.EMPTY);
    }
}
