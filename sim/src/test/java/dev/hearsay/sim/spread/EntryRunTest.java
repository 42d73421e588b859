package dev.hearsay.sim.spread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.state.StateConfig;
import dev.hearsay.core.state.StateConfig.Mode;
import dev.hearsay.sim.Latency;
import dev.hearsay.sim.Network;
import dev.hearsay.sim.spread.SpreadListener.ProcessState;
import dev.hearsay.sim.spread.SpreadListener.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EntryRunTest {
    private static final Duration ROUND = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(20);

    @ParameterizedTest
    @EnumSource(Mode.class)
    void everybody_gets_the_entry_in_each_mode(Mode mode) {
        SpreadRun run = start(200, mode, 1, SpreadListener.NONE);
        assertEquals(1, run.totals().informed());
        run.advance(LONG);
        assertEquals(200, run.totals().informed());
        assertTrue(run.settled(Duration.ofMinutes(1)));
        assertEquals(LONG.toNanos(), run.now());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void the_same_seed_is_the_same_run_and_another_one_is_not(Mode mode) {
        long hash = start(100, mode, 7, SpreadListener.NONE).advance(LONG).traceHash();
        assertEquals(
                hash, start(100, mode, 7, SpreadListener.NONE).advance(LONG).traceHash());
        assertNotEquals(
                hash, start(100, mode, 8, SpreadListener.NONE).advance(LONG).traceHash());
    }

    @Test
    void how_time_is_cut_into_pieces_changes_nothing() {
        SpreadRun whole = start(100, Mode.PUSH, 7, SpreadListener.NONE).advance(Duration.ofSeconds(3));
        SpreadRun pieces = start(100, Mode.PUSH, 7, SpreadListener.NONE);
        for (int i = 0; i < 3000; i++) {
            pieces.advance(Duration.ofMillis(1));
        }
        assertEquals(whole.traceHash(), pieces.traceHash());
        assertEquals(whole.totals(), pieces.totals());
    }

    @Test
    void the_listener_hears_of_every_packet_and_of_everybody_who_gets_the_entry() {
        List<String> lost = new ArrayList<>();
        int[] heard = new int[3];
        SpreadRun run = start(100, Mode.PUSH, 3, new SpreadListener() {
            @Override
            public void onPacket(int from, int to, double now, double arrives, boolean entry) {
                heard[0]++;
                heard[1] += entry ? 1 : 0;
                if (arrives == LOST) {
                    lost.add(from + " to " + to);
                } else {
                    assertTrue(arrives >= now + 15e6 && arrives <= now + 45e6, "latency " + (arrives - now));
                }
            }

            @Override
            public void onEntry(int node, double now, Standing standing, int source) {
                heard[2] += standing == Standing.TELLS ? 1 : 0;
                assertEquals(node == 0 || standing != Standing.TELLS, source == NOBODY, "node " + node);
            }
        });
        run.loss(0.2);
        run.advance(LONG);
        SpreadTotals totals = run.totals();
        assertEquals(totals.packets(), heard[0]);
        assertEquals(totals.copies(), heard[1]);
        assertEquals(totals.lost(), lost.size());
        assertEquals(100, totals.informed());
        assertTrue(heard[2] >= 95, "an exchange brings the entry as news, too: " + heard[2]);
        assertTrue(lost.size() > totals.packets() / 10 && lost.size() < totals.packets() / 3, "lost " + lost.size());
    }

    @Test
    void who_is_cut_off_gets_nothing_until_it_is_healed() {
        SpreadRun run = start(50, Mode.PUSH, 5, SpreadListener.NONE);
        run.partition(40, 41, 42, 43, 44, 45, 46, 47, 48, 49);
        run.advance(LONG);
        assertEquals(40, run.totals().informed());
        assertFalse(run.settled(Duration.ofMinutes(1)), "an exchange may still find it");
        run.heal();
        run.advance(LONG);
        assertEquals(50, run.totals().informed());
    }

    @Test
    void a_process_that_is_started_again_has_forgotten_and_an_exchange_brings_it_back() {
        SpreadRun run = start(50, Mode.PUSH, 5, SpreadListener.NONE);
        run.advance(LONG);
        run.crash(7);
        assertEquals(49, run.totals().informed());
        assertEquals(49, run.totals().running());
        assertEquals(Standing.HAS_NOT, run.standing(7));
        run.advance(ROUND);
        run.restart(7);
        assertEquals(ProcessState.UP, run.process(7));
        assertEquals(49, run.totals().informed());
        run.advance(LONG);
        assertEquals(50, run.totals().informed());
    }

    @Test
    void a_process_that_stands_still_takes_what_waited_when_it_goes_on() {
        SpreadRun run = start(50, Mode.PUSH, 5, SpreadListener.NONE);
        run.pause(7);
        run.advance(LONG);
        assertEquals(Standing.HAS_NOT, run.standing(7));
        assertFalse(run.settled(Duration.ofMillis(1)));
        run.resume(7);
        assertEquals(Standing.TELLS, run.standing(7));
    }

    @Test
    void without_exchanges_push_ends_by_itself_and_may_miss_somebody() {
        StateConfig state = StateConfig.DEFAULTS.with(to -> {
            to.mode = Mode.PUSH;
            to.fanout = 2;
            to.rounds = 1;
            to.exchangeNanos = Duration.ofDays(365).toNanos();
        });
        SpreadRun run = EntrySpread.of(300).state(state).start(SpreadListener.NONE);
        run.advance(LONG);
        assertTrue(run.settled(Duration.ofMinutes(10)));
        assertTrue(run.totals().informed() < 300, () -> run.totals().toString());
        assertTrue(run.totals().informed() > 150, () -> run.totals().toString());
    }

    @Test
    void what_cannot_be_done_says_why() {
        SpreadRun run = start(50, Mode.PUSH, 1, SpreadListener.NONE);
        refused("node 99 is not there: the nodes are 0 to 49", () -> run.crash(99));
        refused("node 3 runs: only a process that has ended can be started again", () -> run.restart(3));
        refused("node 3 does not stand still: only a paused process can go on", () -> run.resume(3));
        refused("loss 1.5 is out of range: must be 0 to 1", () -> run.loss(1.5));
        run.crash(3);
        refused("node 3 is down", () -> run.crash(3));
        refused("node 3 is down", () -> run.pause(3));
        run.pause(4);
        refused("node 4 stands still already", () -> run.pause(4));
        for (int i = 0; i < Ways.MOST_PARTITIONS; i++) {
            run.partition(i);
        }
        refused("there are 31 partitions already: heal before there is another", () -> run.partition(1));
    }

    @Test
    void settings_out_of_range_say_so() {
        refused("nodes 1 is out of range: must be 2 to 1048576", () -> EntrySpread.of(1));
        refused(
                "entryBytes 1001 is out of range: must be 0 to 1000",
                () -> EntrySpread.of(2).entryBytes(1001));
        Network twice = Network.lan().withDuplication(0.1);
        assertThrows(IllegalArgumentException.class, () -> EntrySpread.of(2).network(twice));
    }

    private static void refused(String message, Runnable what) {
        assertEquals(message, assertThrows(RuntimeException.class, what::run).getMessage());
    }

    private static SpreadRun start(int nodes, Mode mode, long seed, SpreadListener listener) {
        StateConfig state = StateConfig.DEFAULTS.with(to -> {
            to.mode = mode;
            to.fanout = 3;
            to.roundNanos = ROUND.toNanos();
            to.exchangeNanos = Duration.ofSeconds(1).toNanos();
        });
        Latency latency = Latency.uniform(Duration.ofMillis(15), Duration.ofMillis(45));
        return EntrySpread.of(nodes)
                .seed(seed)
                .state(state)
                .forwardDelay(ROUND)
                .network(new Network(latency, 0, 0))
                .start(listener);
    }
}
