package dev.hearsay.sim;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.Sizes;
import dev.hearsay.wire.MemberlistSizes;
import java.time.Duration;

/** Packets of a chosen length that mean nothing to who gets them, to see how long they take. */
final class Parcels {
    /** A frame of a kind that nobody knows, which is skipped. */
    private static final int UNKNOWN = 250;

    private static final Sizes SIZES = new MemberlistSizes();

    private Parcels() {}

    /** A message that makes a packet of that many bytes. */
    static Message of(int bytes) {
        for (int body = bytes; body >= 0; body--) {
            Message message = new Message.Extension(1, UNKNOWN, Bytes.of(new byte[body]));
            if (SIZES.of(message) + SIZES.packetOverhead() == bytes) {
                return message;
            }
        }
        throw new IllegalArgumentException("nothing has " + bytes + " bytes");
    }

    /** Has a node send a packet of that many bytes to another. */
    static void send(Simulation sim, int from, int to, int bytes) {
        Message parcel = of(bytes);
        sim.command(from, "parcel", (core, now, out) -> out.send(sim.node(to).address(), parcel));
    }

    /** How long it takes until the node has got that many packets more. */
    static Duration until(Simulation sim, int node, int packets) {
        long expected = sim.node(node).packetsReceived() + packets;
        long[] arrived = {-1};
        sim.listen(new Simulation.Listener() {
            @Override
            public void onActed(SimNode acted) {
                if (arrived[0] < 0 && acted.packetsReceived() >= expected && acted.index() == node) {
                    arrived[0] = sim.now().toNanos();
                }
            }
        });
        long start = sim.now().toNanos();
        sim.runUntil(() -> arrived[0] >= 0, Duration.ofMinutes(10));
        return Duration.ofNanos(arrived[0] - start);
    }
}
