package dev.hearsay.agent.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom a discovery joins. What it sends is multicast, which loopback interfaces do not have. */
class DiscoveryTest {
    private final List<String> there = new ArrayList<>(List.of("10.0.0.1:7946"));
    private final List<List<String>> joins = new ArrayList<>();
    private boolean reachable = true;
    private boolean broken;
    private final Discovery discovery = new Discovery(new FakeLookup(), this::join, "10.0.0.1:7946");

    /** A network in which is announced what the test says. */
    private final class FakeLookup implements Lookup {
        @Override
        public void announce() {}

        @Override
        public Collection<String> find() throws IOException {
            if (broken) {
                throw new IOException("no network");
            }
            return there;
        }

        @Override
        public void close() {}
    }

    @Test
    void whoIsNewIsJoinedOnceAndTheNodeItselfNever() {
        discovery.look();
        assertEquals(List.of(), joins);
        there.addAll(List.of("10.0.0.2:7946", "10.0.0.3:7946"));
        discovery.look();
        discovery.look();
        there.add("10.0.0.4:7946");
        discovery.look();
        assertEquals(List.of(List.of("10.0.0.2:7946", "10.0.0.3:7946"), List.of("10.0.0.4:7946")), joins);
    }

    @Test
    void whoCouldNotBeJoinedIsTriedAgainWithTheNextLook() {
        there.add("10.0.0.2:7946");
        reachable = false;
        discovery.look();
        reachable = true;
        discovery.look();
        discovery.look();
        assertEquals(List.of(List.of("10.0.0.2:7946"), List.of("10.0.0.2:7946")), joins);
    }

    @Test
    void aLookThatFailsIsNotTheLast() {
        there.add("10.0.0.2:7946");
        broken = true;
        discovery.look();
        broken = false;
        discovery.look();
        assertEquals(List.of(List.of("10.0.0.2:7946")), joins);
    }

    @Test
    void noMoreAreRememberedThanTheBoundAllows() {
        there.clear();
        for (int i = 0; i <= Discovery.MAX_JOINED; i++) {
            there.add("h" + i + ":1");
        }
        discovery.look();
        joins.clear();
        discovery.look();
        assertEquals(List.of(List.of("h0:1")), joins, "only the oldest is forgotten, and found again");
    }

    @Test
    void anInterfaceWithoutAnAllowedAddressIsRefused() throws Exception {
        InetSocketAddress elsewhere = new InetSocketAddress(InetAddress.getByName("192.0.2.77"), 7946);
        IOException e = assertThrows(IOException.class, () -> MulticastDns.of("n", "prod", elsewhere, "", true, true));
        assertTrue(e.getMessage().contains("192.0.2.77 has no address on this machine"), e.getMessage());
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7946);
        assertEquals(
                "127.0.0.1:7946",
                MulticastDns.of("n", "prod", loopback, "", true, false).self());
    }

    private int join(List<String> seeds) throws IOException {
        joins.add(List.copyOf(seeds));
        if (!reachable) {
            throw new IOException("connection refused");
        }
        return seeds.size();
    }
}
