package dev.hearsay.api.node;

import dev.hearsay.core.Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Between the core's addresses and the JVM's. */
public final class Endpoints {

    private Endpoints() {}

    /** The JVM's form; looks nothing up. An IPv4-mapped address becomes plain IPv4. */
    public static InetSocketAddress toSocket(Address address) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address.ip()), address.port());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an Address has 4 or 16 bytes", e);
        }
    }

    /** The core's form: 4 bytes for IPv4, also when it arrived at an IPv6 socket. */
    public static Address toAddress(InetSocketAddress socket) {
        return Address.of(socket.getAddress().getAddress(), socket.getPort());
    }

    /** {@code 10.0.0.1:7946} or {@code [fe80:...]:7946}. */
    public static String text(InetAddress ip, int port) {
        return Address.of(ip.getAddress(), port).toString();
    }
}
