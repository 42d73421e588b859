package dev.hearsay.agent.demo;

import dev.hearsay.agent.HostPort;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Finds addresses for the demo's agents that nobody uses, so that two demos can run side by side. */
final class DemoPlaces {
    private static final int ATTEMPTS = 50;

    private DemoPlaces() {}

    /**
     * An address for each agent: 127.0.x.1, 127.0.x.2... on one port, with a random x. Where only 127.0.0.1 exists (macOS),
     * that one on every third port from the base port on.
     */
    static List<HostPort> find(int nodes, int port) throws Demo.DemoFailure {
        if (!free(new HostPort("127.0.0.2", 0))) {
            return onOneHost(nodes, port);
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String net = "127.0." + ThreadLocalRandom.current().nextInt(10, 250) + ".";
            List<HostPort> places = new ArrayList<>();
            for (int i = 1; i <= nodes; i++) {
                places.add(new HostPort(net + i, port));
            }
            if (places.stream().allMatch(DemoPlaces::free)) {
                return places;
            }
        }
        throw new Demo.DemoFailure("ports " + port + " to " + (port + 2)
                + " are in use on every loopback address tried: choose others with --base-port");
    }

    private static List<HostPort> onOneHost(int nodes, int port) throws Demo.DemoFailure {
        List<HostPort> places = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            places.add(new HostPort("127.0.0.1", port + 3 * i));
        }
        for (HostPort place : places) {
            if (!free(place)) {
                throw new Demo.DemoFailure(place + " is in use: choose another port with --base-port");
            }
        }
        return places;
    }

    /** Whether the agent's three ports can be bound. Somebody may still take them before the agent does; it will say so. */
    private static boolean free(HostPort place) {
        InetSocketAddress member = new InetSocketAddress(place.host(), place.port());
        InetSocketAddress rpc = new InetSocketAddress(place.host(), place.port() == 0 ? 0 : place.port() + 1);
        InetSocketAddress http = new InetSocketAddress(place.host(), place.port() == 0 ? 0 : place.port() + 2);
        try (ServerSocket tcp = new ServerSocket();
                DatagramSocket udp = new DatagramSocket(member);
                ServerSocket commands = new ServerSocket();
                ServerSocket web = new ServerSocket()) {
            tcp.bind(member);
            commands.bind(rpc);
            web.bind(http);
            return udp.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
