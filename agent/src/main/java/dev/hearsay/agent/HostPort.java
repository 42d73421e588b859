package dev.hearsay.agent;

import java.net.InetSocketAddress;

/**
 * A host and a port as people write them: {@code host}, {@code host:port}, {@code :port}, {@code [ipv6]:port}, {@code ipv6}.
 *
 * @param host a name or an IP address without brackets; empty if none was written
 * @param port 0 to 65535
 */
public record HostPort(String host, int port) {

    /**
     * Reads the text.
     *
     * @param defaultPort the port if none is written
     * @throws IllegalArgumentException with the rule that the text breaks
     */
    public static HostPort parse(String text, int defaultPort) {
        int bracket = text.lastIndexOf(']');
        int colon = text.lastIndexOf(':');
        boolean bare = bracket < 0 && text.indexOf(':') != colon;
        if (bare || colon < bracket || colon < 0) {
            return new HostPort(unwrap(text), defaultPort);
        }
        return new HostPort(unwrap(text.substring(0, colon)), port(text.substring(colon + 1)));
    }

    /** The same as text and number; the address is resolved. */
    public static HostPort of(InetSocketAddress address) {
        return new HostPort(address.getAddress().getHostAddress(), address.getPort());
    }

    /**
     * Looks the host up; without one, it is loopback.
     *
     * @throws IllegalArgumentException with the rule, if the name is unknown
     */
    public InetSocketAddress resolved() {
        InetSocketAddress address = new InetSocketAddress(host.isEmpty() ? "127.0.0.1" : host, port);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("the name '" + host + "' cannot be resolved");
        }
        return address;
    }

    private static String unwrap(String host) {
        if (host.startsWith("[") != host.endsWith("]")) {
            throw new IllegalArgumentException(
                    "an IPv6 address with a port is written [address]:port; write host:port");
        }
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 0xFFFF) {
            throw new IllegalArgumentException("the port must be a number from 0 to 65535; write host:port");
        }
        return Integer.parseInt(text);
    }

    /** As it is written, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
