package dev.hearsay.sim;

import dev.hearsay.core.Address;
import dev.hearsay.core.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Writes down every packet that nodes send, and sends them again. */
final class Wiretap implements Simulation.Listener {
    /** One packet: whence, where to, what. */
    record Packet(SimNode from, Address source, Address to, Message message) {}

    private final Simulation sim;
    private final List<Packet> packets = new ArrayList<>();

    private Wiretap(Simulation sim) {
        this.sim = sim;
    }

    static Wiretap on(Simulation sim) {
        Wiretap tap = new Wiretap(sim);
        sim.listen(tap);
        return tap;
    }

    @Override
    public void onSent(SimNode from, Address to, Message message) {
        packets.add(new Packet(from, from.address(), to, message));
    }

    List<Packet> packets() {
        return List.copyOf(packets);
    }

    /** Sends what was recorded and is wanted again, to whom it went, each at a random moment of that time. */
    void replay(Predicate<Packet> wanted, Duration within, Random random) {
        for (Packet packet : packets()) {
            if (wanted.test(packet)) {
                for (SimNode node : sim.nodes()) {
                    if (node.address().equals(packet.to())) {
                        Duration delay = Duration.ofNanos((long) (random.nextDouble() * within.toNanos()));
                        sim.adversary().send(packet.source(), node, packet.message(), delay);
                    }
                }
            }
        }
    }
}
