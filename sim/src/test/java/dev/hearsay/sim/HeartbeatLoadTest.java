package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Counters.Counter;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What heartbeats cost, and how often they come, as a cluster grows: decision 020 has the figures. */
class HeartbeatLoadTest {
    private record Load(double bytes, double packets, double gap) {}

    /** Per member and second; and the mean time from heartbeat to heartbeat of one member at another, in seconds. */
    private static Load load(int nodes, int settling, int seconds) {
        Simulation sim = Simulation.of(nodes)
                .seed(3)
                .warm()
                .unchecked()
                .config(HeartbeatsTest.counting())
                .start();
        sim.run(Duration.ofSeconds(settling));
        long bytes = sim.totals().bytes();
        long packets = sim.totals().packets();
        long heartbeats = HeartbeatsTest.total(sim, Counter.HEARTBEATS);
        sim.run(Duration.ofSeconds(seconds));
        double memberSeconds = (double) nodes * seconds;
        return new Load(
                (sim.totals().bytes() - bytes) / memberSeconds,
                (sim.totals().packets() - packets) / memberSeconds,
                memberSeconds * (nodes - 1) / (HeartbeatsTest.total(sim, Counter.HEARTBEATS) - heartbeats));
    }

    @Test
    void each_member_sends_as_much_among_five_hundred_as_among_a_hundred() {
        Load ten = load(10, 20, 60);
        Load hundred = load(100, 20, 30);
        Load fiveHundred = load(500, 8, 6);
        Supplier<String> said = () -> ten + "\n" + hundred + "\n" + fiveHundred;
        assertTrue(ten.packets <= 3.01 && hundred.packets <= 3.01 && fiveHundred.packets <= 3.01, said);
        assertTrue(ten.bytes > 380 && ten.bytes < 450, said);
        assertTrue(hundred.bytes > 3_500 && hundred.bytes < 3_800, said);
        assertTrue(fiveHundred.bytes > 3_500 && fiveHundred.bytes < 3_800, said);
    }

    /** An interval while a packet has room for all; above, 2 to 3 / rate: in proportion to the cluster. */
    @Test
    void heartbeats_come_each_interval_while_a_packet_has_room_for_all_and_above_later_in_proportion() {
        Load ten = load(10, 20, 60);
        Load hundred = load(100, 20, 30);
        Load twoHundred = load(200, 20, 40);
        Load fourHundred = load(400, 40, 30);
        Supplier<String> said = () -> ten + "\n" + hundred + "\n" + twoHundred + "\n" + fourHundred;
        assertTrue(ten.gap > 0.99 && ten.gap < 1.2, said);
        assertTrue(hundred.gap > 0.99 && hundred.gap < 1.4, said);
        assertTrue(twoHundred.gap > 2 / 1.52 && twoHundred.gap < 3 / 1.52, said);
        assertTrue(fourHundred.gap > 2 / 0.76 && fourHundred.gap < 3 / 0.76, said);
    }
}
