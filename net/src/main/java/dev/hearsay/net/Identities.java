package dev.hearsay.net;

import dev.hearsay.HearsayException;
import dev.hearsay.core.Address;
import dev.hearsay.core.Identity;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/** Who a node is, from its settings and the sockets it has. */
final class Identities {
    /** Incarnations count seconds from here, so that a node that restarts outbids what it was before. */
    private static final long INCARNATION_EPOCH =
            Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();

    private Identities() {}

    /** The identity; throws what {@link NetCluster#start} does. */
    static Identity of(NodeSettings settings, Sockets sockets) {
        long incarnation = settings.incarnation() != 0
                ? settings.incarnation()
                : Math.max(1, Instant.now().getEpochSecond() - INCARNATION_EPOCH);
        String host = settings.advertiseHost();
        InetAddress ip =
                host == null ? Interfaces.advertised(sockets.local().getAddress()) : resolve("advertise", host);
        if (ip.isAnyLocalAddress()) {
            throw new IllegalArgumentException("advertise address " + ip.getHostAddress()
                    + " is a wildcard: must be an address at which others reach this node");
        }
        int port = settings.advertisePort() != 0
                ? settings.advertisePort()
                : sockets.local().getPort();
        Identity self = new Identity(
                settings.name(), Address.of(ip.getAddress(), port), settings.meta(), settings.versions(), incarnation);
        settings.rules().check(self);
        return self;
    }

    static InetAddress resolve(String what, String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new HearsayException("cannot resolve the " + what + " address '" + host + "': unknown host", e);
        }
    }
}
