package dev.hearsay.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Hybrid logical clocks (Kulkarni, Demirbas, Madappa, Avva, Leone 2014, "Logical physical clocks"). */
class HybridClockTest {
    private static final long MILLI = 1_000_000;

    @Property(tries = 300)
    void a_stamp_is_later_than_all_given_and_heard_and_close_to_the_latest_wall_clock_there_is(@ForAll long seed) {
        Random random = new Random(seed);
        HybridClock clock = new HybridClock();
        long now = random.nextInt(1000) * MILLI;
        clock.set(Replica.DAY, now);
        long latest = 0;
        long furthest = 0;
        int given = 0;
        for (int i = 0; i < 200; i++) {
            now += random.nextInt(4) * MILLI / 2;
            switch (random.nextInt(6)) {
                case 0 -> clock.set(Replica.DAY + random.nextInt(20_000) - 10_000, now);
                case 1 -> {
                    long heard = HybridClock.at(Replica.DAY + random.nextInt(20_000)) + random.nextInt(70_000);
                    clock.witness(heard);
                    latest = Math.max(latest, heard);
                    furthest = Math.max(furthest, HybridClock.millis(heard));
                }
                default -> {
                    long stamp = clock.next(now);
                    furthest = Math.max(furthest, clock.wallMillis(now));
                    given++;
                    assertTrue(stamp > latest, "not later than what was given or heard");
                    assertTrue(stamp >= HybridClock.at(clock.wallMillis(now)), "before the wall clock");
                    assertTrue(HybridClock.millis(stamp) <= furthest + 1 + given / 65_536, "far from any clock");
                    latest = stamp;
                }
            }
            assertEquals(Math.max(latest, HybridClock.at(clock.wallMillis(now))), clock.time(now));
        }
    }

    @Test
    void within_a_millisecond_a_counter_counts_and_used_up_it_runs_into_the_next() {
        HybridClock clock = new HybridClock();
        clock.set(Replica.DAY, 0);
        long first = clock.next(0);
        assertEquals(HybridClock.at(Replica.DAY), first);
        long last = first;
        for (int i = 1; i < 1 << HybridClock.COUNTER_BITS; i++) {
            last = clock.next(MILLI - 1);
        }
        assertEquals(Replica.DAY, HybridClock.millis(last));
        long next = clock.next(MILLI - 1);
        assertEquals(HybridClock.at(Replica.DAY + 1), next);
        // The wall clock gets there: the counter goes on.
        assertEquals(next + 1, clock.next(MILLI));
        assertEquals(HybridClock.at(Replica.DAY + 2), clock.next(2 * MILLI));
    }

    @Test
    void a_wall_clock_that_jumps_back_does_not_take_the_stamps_with_it() {
        HybridClock clock = new HybridClock();
        clock.set(Replica.DAY, 0);
        long before = clock.next(0);
        clock.set(Replica.DAY - 3_600_000, MILLI);
        assertEquals(Replica.DAY - 3_600_000, clock.wallMillis(MILLI));
        assertEquals(before + 1, clock.next(MILLI));
        assertEquals(before + 2, clock.next(1_000 * MILLI));
        // An hour later it is where it was.
        assertEquals(HybridClock.at(Replica.DAY + 1), clock.next((3_600_000 + 2) * MILLI));
    }

    @Test
    void of_two_writes_the_one_that_knew_of_the_other_is_later_however_slow_its_clock_is() {
        Replica fast = new Replica(1, 50_000);
        Replica slow = new Replica(2, 0);
        fast.write(new Write.MapPut("m", Replica.bytes("k"), Replica.bytes("first"), 0), 0);
        slow.pull(fast, 0);
        slow.write(new Write.MapPut("m", Replica.bytes("k"), Replica.bytes("second"), 0), 0);
        fast.pull(slow, 0);
        assertEquals(
                Replica.bytes("second"), Views.mapValue(fast.table.entries(), "m", Replica.bytes("k"), Replica.DAY));
    }
}
