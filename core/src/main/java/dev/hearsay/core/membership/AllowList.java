package dev.hearsay.core.membership;

import dev.hearsay.core.Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Networks that members may live in, in CIDR notation such as {@code 10.0.0.0/8} or {@code fd00::/8} (memberlist {@code
 * CIDRsAllowed}). An IPv4-mapped address, or prefix, counts as IPv4; {@code ::/0} holds no IPv4 address. Immutable.
 */
public final class AllowList {
    private static final int MAPPED_BITS = 96;

    private final List<Prefix> prefixes;

    /** The bits behind the prefix are 0. */
    private record Prefix(Address network, int bits, String text) {}

    private AllowList(List<Prefix> prefixes) {
        this.prefixes = prefixes;
    }

    /**
     * Reads the prefixes. An empty list contains no address at all.
     *
     * <p>A prefix with bits set behind its length is refused, where memberlist drops those bits: {@code 10.0.0.5/8} may
     * mean a network of 16 million addresses or a single one, and only its author knows.
     *
     * @throws IllegalArgumentException naming the text and the rule that it breaks
     */
    public static AllowList of(Collection<String> cidrs) {
        List<Prefix> prefixes = new ArrayList<>();
        for (String cidr : cidrs) {
            prefixes.add(parse(cidr));
        }
        return new AllowList(List.copyOf(prefixes));
    }

    /** Whether the address lies in one of the networks; its port does not matter. */
    public boolean contains(Address address) {
        for (Prefix prefix : prefixes) {
            if (address.sharesPrefix(prefix.network, prefix.bits)) {
                return true;
            }
        }
        return false;
    }

    private static Prefix parse(String text) {
        int slash = text.indexOf('/');
        byte[] ip = IpText.parse(slash < 0 ? text : text.substring(0, slash));
        if (ip == null) {
            throw bad(text, "must be an IP address, a slash and a number of bits, as 10.0.0.0/8 or fd00::/8");
        }
        if (slash < 0) {
            throw bad(
                    text,
                    "must have a number of bits: write " + text + "/" + ip.length * Byte.SIZE + " for one address");
        }
        int most = ip.length * Byte.SIZE;
        String number = text.substring(slash + 1);
        if (!IpText.isNumber(number, most)) {
            throw bad(text, "the number of bits must be 0 to " + most);
        }
        int bits = Integer.parseInt(number);
        for (int i = bits; i < most; i++) {
            if ((ip[i / Byte.SIZE] >> (Byte.SIZE - 1 - i % Byte.SIZE) & 1) != 0) {
                throw bad(
                        text,
                        "must have no bits set behind the first " + bits + ": write "
                                + Address.of(masked(ip, bits), 0).host() + "/" + bits + " for the network, or "
                                + text.substring(0, slash) + "/" + most + " for one address");
            }
        }
        // A mapped prefix of fewer bits has some of ffff behind them, and is refused above.
        boolean mapped = most > MAPPED_BITS && bits >= MAPPED_BITS && IpText.isMapped(ip);
        return new Prefix(Address.of(ip, 0), mapped ? bits - MAPPED_BITS : bits, text);
    }

    private static byte[] masked(byte[] ip, int bits) {
        byte[] masked = ip.clone();
        for (int i = bits; i < ip.length * Byte.SIZE; i++) {
            masked[i / Byte.SIZE] &= (byte) ~(1 << (Byte.SIZE - 1 - i % Byte.SIZE));
        }
        return masked;
    }

    private static IllegalArgumentException bad(String text, String rule) {
        return new IllegalArgumentException("network '" + text + "' is not allowed: " + rule);
    }

    /** The prefixes as they were written, with commas between them. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Prefix prefix : prefixes) {
            text.append(text.length() == 0 ? "" : ",").append(prefix.text);
        }
        return text.toString();
    }
}
