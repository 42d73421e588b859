package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.core.Message;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a listener hears of what becomes of packets. */
class CarriedTest {
    private static final class Post implements Simulation.Listener {
        private int sent;
        private int arriving;
        private int lost;

        @Override
        public void onSent(SimNode from, Address to, Message message) {
            sent++;
        }

        @Override
        public void onCarried(SimNode from, SimNode to, Message message, long nanos) {
            arriving += nanos >= 0 ? 1 : 0;
            lost += nanos < 0 ? 1 : 0;
            assertTrue(nanos < 0 || (nanos >= 2_000_000 && nanos <= 8_000_000), "latency " + nanos);
        }
    }

    @Test
    void of_each_packet_it_is_told_when_it_arrives_or_that_it_does_not() {
        Post post = new Post();
        Simulation sim = start();
        sim.listen(post);
        sim.partition(sim.nodes(0, 5), sim.nodes(5, 20)).run(Duration.ofSeconds(10));
        assertTrue(post.lost > 0 && post.arriving > 0);
        assertEquals(post.sent, post.arriving + post.lost);
        assertEquals(sim.totals().packetsLost(), post.lost);
    }

    @Test
    void who_listens_changes_nothing() {
        long hash = start().run(Duration.ofSeconds(10)).traceHash();
        assertEquals(
                hash, start().listen(new Post()).run(Duration.ofSeconds(10)).traceHash());
    }

    private static Simulation start() {
        Network network = new Network(Latency.uniform(Duration.ofMillis(2), Duration.ofMillis(8)), 0.1, 0);
        return Simulation.of(20).seed(1).network(network).warm().start();
    }
}
