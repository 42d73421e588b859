package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Config;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PauseTest {
    @Test
    void a_paused_process_does_nothing_and_then_takes_what_waited_in_one_moment() {
        Simulation sim = Simulation.of(4).seed(3).start();
        sim.joinAll().run(Duration.ofSeconds(5));
        SimNode node = sim.node(2);
        sim.pause(2).run(Duration.ofMillis(10));
        long sent = node.packetsSent();
        long received = node.packetsReceived();
        sim.run(Duration.ofSeconds(4));
        assertEquals(sent, node.packetsSent());
        assertEquals(received, node.packetsReceived());
        sim.resume(2);
        assertTrue(node.packetsReceived() > received && node.packetsSent() > sent, sim.totals()::toString);
        assertEquals(0, sim.totals().packetsOverflowed());
    }

    @Test
    void the_socket_of_a_paused_process_keeps_so_many_packets_and_the_rest_is_lost() {
        // Each node is pinged twenty times a second, and nobody is given up.
        Config busy = Config.lan().toBuilder()
                .protocolPeriod(Duration.ofMillis(50))
                .probeTimeout(Duration.ofMillis(20))
                .suspicionMult(1_000)
                .build();
        Simulation sim = Simulation.of(10).seed(3).config(busy).start();
        sim.joinAll().run(Duration.ofSeconds(5));
        SimNode node = sim.node(2);
        sim.pause(2).run(Duration.ofSeconds(20));
        long received = node.packetsReceived();
        long overflowed = sim.totals().packetsOverflowed();
        assertTrue(overflowed > 0, sim.totals()::toString);
        sim.resume(2);
        assertEquals(SimNode.SOCKET_PACKETS, node.packetsReceived() - received);
    }
}
