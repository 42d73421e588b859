package dev.hearsay.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses what a node bound to every interface tells others to reach it at: as memberlist does, the first private address
 * of an interface that is up, else the first other one, else loopback.
 */
final class Interfaces {

    private Interfaces() {}

    /** The address to advertise for a bound one: itself, unless it is a wildcard. */
    static InetAddress advertised(InetAddress bound) {
        return bound.isAnyLocalAddress() ? choose(bound, ofThisMachine()) : bound;
    }

    /** The best of the candidates; of two as good, the first. */
    static InetAddress choose(InetAddress wildcard, List<InetAddress> candidates) {
        boolean v6 = wildcard instanceof Inet6Address;
        return candidates.stream()
                .filter(a -> !a.isLoopbackAddress() && !a.isMulticastAddress())
                // A link-local IPv6 address means nothing without a zone, which no message has room for.
                .filter(a -> !(a instanceof Inet6Address && a.isLinkLocalAddress()))
                .min(Comparator.<InetAddress>comparingInt(a -> a instanceof Inet6Address == v6 ? 0 : 1)
                        .thenComparingInt(Interfaces::rank))
                .orElseGet(() -> loopback(v6));
    }

    /** 0 private, 1 public, 2 self-assigned. */
    private static int rank(InetAddress address) {
        if (address.isLinkLocalAddress()) {
            return 2;
        }
        int first = address.getAddress()[0] & 0xFF;
        int second = address.getAddress()[1] & 0xFF;
        boolean inside = address instanceof Inet4Address
                // 10/8, 172.16/12 and 192.168/16; and 100.64/10 of carriers (RFC 6598)
                ? address.isSiteLocalAddress() || (first == 100 && (second & 0xC0) == 64)
                // fc00::/7 (RFC 4193)
                : (first & 0xFE) == 0xFC;
        return inside ? 0 : 1;
    }

    private static List<InetAddress> ofThisMachine() {
        List<InetAddress> addresses = new ArrayList<>();
        try {
            for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
                if (each.isUp()) {
                    each.inetAddresses().forEach(addresses::add);
                }
            }
        } catch (SocketException e) {
            // No list: what was found so far, in the end loopback. The operator can always say what to advertise.
            return addresses;
        }
        return addresses;
    }

    private static InetAddress loopback(boolean v6) {
        try {
            byte[] bytes = new byte[v6 ? 16 : 4];
            bytes[0] = (byte) (v6 ? 0 : 127);
            bytes[bytes.length - 1] = 1;
            return InetAddress.getByAddress(bytes);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }
}
