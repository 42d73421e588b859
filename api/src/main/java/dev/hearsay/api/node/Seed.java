package dev.hearsay.api.node;

import dev.hearsay.core.membership.IpText;
import org.jspecify.annotations.Nullable;

/**
 * A seed as an operator writes it: {@code host}, {@code host:port}, {@code [ipv6]:port} or {@code ipv6}, optionally after
 * {@code name/} (Serf's form for a member whose name is known; the name is not checked).
 *
 * @param text as written
 * @param host a DNS name or an IP literal, without brackets
 * @param port 1 to 65535
 */
public record Seed(String text, String host, int port) {

    /**
     * Understands a seed; looks nothing up.
     *
     * @throws IllegalArgumentException naming the seed, what is wrong with it, and the rule
     */
    public static Seed parse(String text, int defaultPort) {
        String rest = text.substring(text.indexOf('/') + 1).strip();
        if (rest.startsWith("[")) {
            int end = rest.indexOf(']');
            if (end < 0) {
                throw bad(text, "has no ']'");
            }
            String tail = rest.substring(end + 1);
            if (!tail.isEmpty() && !tail.startsWith(":")) {
                throw bad(text, "has '" + tail + "' after the ']'");
            }
            String host = rest.substring(1, end);
            return new Seed(text, ipv6(text, host), tail.isEmpty() ? defaultPort : port(text, tail.substring(1)));
        }
        int colon = rest.indexOf(':');
        if (colon >= 0 && rest.indexOf(':', colon + 1) >= 0) {
            return new Seed(text, ipv6(text, rest), defaultPort);
        }
        String host = colon < 0 ? rest : rest.substring(0, colon);
        if (host.isEmpty()) {
            throw bad(text, "has no host");
        }
        if (host.chars().anyMatch(c -> c <= ' ' || c == ',' || c == '/' || c == '[' || c == ']')) {
            throw bad(text, "has a character that no host name has");
        }
        return new Seed(text, host, colon < 0 ? defaultPort : port(text, rest.substring(colon + 1)));
    }

    /** The bytes of the address if the host is an IP literal, else null. */
    public byte @Nullable [] literal() {
        return IpText.parse(host);
    }

    private static String ipv6(String text, String host) {
        // A zone ("%eth0") means something on this machine only, and no message has room for it.
        if (host.indexOf(':') < 0 || IpText.parse(host) == null) {
            throw bad(text, "'" + host + "' is not an IPv6 address");
        }
        return host;
    }

    private static int port(String text, String digits) {
        int port = -1;
        if (digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9') && !digits.isEmpty()) {
            port = Integer.parseInt(digits);
        }
        if (port < 1 || port > 0xFFFF) {
            throw bad(text, "port '" + digits + "' is out of range: must be 1 to 65535");
        }
        return port;
    }

    /** A seed has no address. The message is for a person. */
    public static final class Unresolved extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Says which, and why. */
        public Unresolved(Seed seed, String why) {
            super("cannot resolve '" + seed.host() + "': " + why, null, false, false);
        }
    }

    private static IllegalArgumentException bad(String text, String what) {
        return new IllegalArgumentException(
                "seed '" + text + "': " + what + "; a seed is host, host:port, [ipv6]:port or ipv6");
    }
}
