package dev.hearsay.core.membership;

import org.jspecify.annotations.Nullable;

/**
 * IP addresses as people write them, without the JDK's parser: that one looks names up, and is none of the core's. Any thread.
 */
public final class IpText {
    private static final int GROUPS = 8;

    private IpText() {}

    /**
     * The 4 or 16 bytes of an address: {@code 10.0.0.1}, {@code fd00::1}, {@code ::ffff:10.0.0.1}. Null if it is none. A
     * leading zero in IPv4 is refused, as in Go, because some take such a number for octal; so is a zone.
     */
    public static byte @Nullable [] parse(String text) {
        return text.indexOf(':') < 0 ? parse4(text) : parse6(text);
    }

    /**
     * The address as text, after RFC 5952: IPv4 with dots, also if it is mapped to IPv6 (as Go writes it); in IPv6 {@code ::}
     * for the longest run of two or more groups of zeros, and for the first of equal ones.
     *
     * @param ip 4 or 16 bytes, in network order
     */
    public static String text(byte[] ip) {
        int v4 = ip.length - 4;
        if (v4 == 0 || isMapped(ip)) {
            return (ip[v4] & 0xFF) + "." + (ip[v4 + 1] & 0xFF) + "." + (ip[v4 + 2] & 0xFF) + "." + (ip[v4 + 3] & 0xFF);
        }
        int gap = 0;
        int longest = 1;
        int zeros = 0;
        for (int i = 0; i < GROUPS; i++) {
            zeros = group(ip, i) == 0 ? zeros + 1 : 0;
            if (zeros > longest) {
                gap = i + 1 - zeros;
                longest = zeros;
            }
        }
        return longest == 1 ? groups(ip, 0, GROUPS) : groups(ip, 0, gap) + "::" + groups(ip, gap + longest, GROUPS);
    }

    private static String groups(byte[] ip, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(group(ip, i)));
        }
        return text.toString();
    }

    private static int group(byte[] ip, int index) {
        return (ip[2 * index] & 0xFF) << 8 | (ip[2 * index + 1] & 0xFF);
    }

    /** Whether the text is a decimal number from 0 to that one, without leading zeros. */
    static boolean isNumber(String text, int most) {
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || i > 2 || (i > 0 && value == 0)) {
                return false;
            }
            value = 10 * value + c - '0';
        }
        return !text.isEmpty() && value <= most;
    }

    /** Whether those 16 bytes are an IPv4-mapped address. */
    static boolean isMapped(byte[] ip) {
        for (int i = 0; i < 12; i++) {
            if (ip[i] != (i < 10 ? 0 : -1)) {
                return false;
            }
        }
        return true;
    }

    private static byte @Nullable [] parse4(String text) {
        byte[] ip = new byte[4];
        int start = 0;
        for (int i = 0; i < ip.length; i++) {
            int dot = i < 3 ? text.indexOf('.', start) : text.length();
            if (dot < 0 || !isNumber(text.substring(start, dot), 255)) {
                return null;
            }
            ip[i] = (byte) Integer.parseInt(text.substring(start, dot));
            start = dot + 1;
        }
        return ip;
    }

    /** Groups before and after the one {@code ::} that stands for at least one group of zeros. */
    private static byte @Nullable [] parse6(String text) {
        byte[] ip = new byte[2 * GROUPS];
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, ip, 0) == GROUPS ? ip : null;
        }
        byte[] tail = new byte[2 * GROUPS];
        int before = gap == 0 ? 0 : groups(text.substring(0, gap), ip, 0);
        String rest = text.substring(gap + 2);
        int after = rest.isEmpty() ? 0 : groups(rest, tail, 0);
        if (before < 0
                || after < 0
                || before + after >= GROUPS
                || text.substring(0, gap).indexOf('.') >= 0) {
            return null;
        }
        System.arraycopy(tail, 0, ip, 2 * (GROUPS - after), 2 * after);
        return ip;
    }

    /** Writes groups separated by single colons, the last two perhaps as IPv4; how many, or negative if it is wrong. */
    private static int groups(String text, byte[] target, int first) {
        int colon = text.indexOf(':');
        String group = colon < 0 ? text : text.substring(0, colon);
        if (colon < 0 && group.indexOf('.') >= 0) {
            byte[] ip = parse4(group);
            if (ip == null || first > GROUPS - 2) {
                return -1;
            }
            System.arraycopy(ip, 0, target, 2 * first, ip.length);
            return first + 2;
        }
        int value = first < GROUPS ? hex(group) : -1;
        if (value < 0) {
            return -1;
        }
        target[2 * first] = (byte) (value >> 8);
        target[2 * first + 1] = (byte) value;
        return colon < 0 ? first + 1 : groups(text.substring(colon + 1), target, first + 1);
    }

    /** 1 to 4 hexadecimal digits; negative if it is anything else. */
    private static int hex(String text) {
        int value = text.isEmpty() || text.length() > 4 ? -1 : 0;
        for (int i = 0; i < text.length() && value >= 0; i++) {
            int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), 16) : -1;
            value = digit < 0 ? -1 : value << 4 | digit;
        }
        return value;
    }
}
