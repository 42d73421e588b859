package dev.hearsay.core;

import java.util.Arrays;

/**
 * Where a member listens: an IP address of 4 or 16 bytes, and a port that UDP and TCP share.
 *
 * <p>The bytes are kept exactly as they arrived. An IPv4 address may travel as 4 bytes or as 16 (IPv4-mapped), and
 * memberlist compares raw bytes: gossiping somebody's address in the other width makes that member see a conflict with
 * itself. Two addresses are nevertheless {@linkplain #equals equal} when they mean the same endpoint, whatever their width.
 */
public final class Address {
    private static final int MAPPED_PREFIX = 12;

    private final byte[] ip;
    private final int port;
    private final int hash;

    private Address(byte[] ip, int port) {
        this.ip = ip;
        this.port = port;
        int from = significant(ip);
        int h = port;
        for (int i = from; i < ip.length; i++) {
            h = 31 * h + ip[i];
        }
        this.hash = h;
    }

    /**
     * Makes an address from raw bytes, which are copied.
     *
     * @param ip 4 or 16 bytes in network order
     * @param port 0 to 65535
     * @throws IllegalArgumentException if a value is out of range
     */
    public static Address of(byte[] ip, int port) {
        return of(ip, 0, ip.length, port);
    }

    /**
     * Makes an address from raw bytes inside a longer array, which are copied.
     *
     * @param length of the IP address, which begins at that index: 4 or 16
     * @param port 0 to 65535
     * @throws IllegalArgumentException if a value is out of range
     */
    public static Address of(byte[] source, int from, int length, int port) {
        if (length != 4 && length != 16) {
            throw new IllegalArgumentException("IP address has " + length + " bytes: must be 4 or 16");
        }
        if (port < 0 || port > 0xFFFF) {
            throw new IllegalArgumentException("port " + port + " is out of range: must be 0 to 65535");
        }
        return new Address(Arrays.copyOfRange(source, from, from + length), port);
    }

    /** Makes an IPv4 address from its four numbers (each 0 to 255) and a port. */
    public static Address ipv4(int a, int b, int c, int d, int port) {
        return of(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d}, port);
    }

    /** A copy of the IP address bytes: 4 or 16, as they arrived. */
    public byte[] ip() {
        return ip.clone();
    }

    /** Copies the IP address bytes, as they arrived, into the target, beginning at that index. */
    public void copyIpTo(byte[] target, int index) {
        System.arraycopy(ip, 0, target, index, ip.length);
    }

    /** How many bytes the IP address has: 4 or 16. */
    public int ipLength() {
        return ip.length;
    }

    /** The port, 0 to 65535, for UDP and TCP alike. */
    public int port() {
        return port;
    }

    /**
     * Whether the IP addresses of both begin with the same bits. An IPv4-mapped address counts as the IPv4 address that it
     * means; IPv4 and IPv6 addresses have no bits in common.
     *
     * @param bits how many bits to compare: 0 to 32 for IPv4, to 128 for IPv6
     */
    public boolean sharesPrefix(Address other, int bits) {
        int from = significant(ip);
        int otherFrom = significant(other.ip);
        if (ip.length - from != other.ip.length - otherFrom) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        if (!Arrays.equals(ip, from, from + whole, other.ip, otherFrom, otherFrom + whole)) {
            return false;
        }
        int ignored = Byte.SIZE - bits % Byte.SIZE;
        return ignored == Byte.SIZE || (ip[from + whole] ^ other.ip[otherFrom + whole]) >> ignored == 0;
    }

    /** Whether both mean the same endpoint; an IPv4 address equals its IPv4-mapped form. */
    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Address that)) {
            return false;
        }
        return port == that.port
                && hash == that.hash
                && Arrays.equals(ip, significant(ip), ip.length, that.ip, significant(that.ip), that.ip.length);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** The IP address alone, as text: {@code 10.0.0.1} or {@code fe80:0:0:0:0:0:0:1}. */
    public String host() {
        int from = significant(ip);
        StringBuilder text = new StringBuilder();
        if (ip.length - from == 4) {
            for (int i = from; i < ip.length; i++) {
                text.append(i == from ? "" : ".").append(ip[i] & 0xFF);
            }
        } else {
            for (int i = 0; i < ip.length; i += 2) {
                int group = (ip[i] & 0xFF) << 8 | (ip[i + 1] & 0xFF);
                text.append(i == 0 ? "" : ":").append(Integer.toHexString(group));
            }
        }
        return text.toString();
    }

    /** {@code 10.0.0.1:7946}, or {@code [fe80:0:0:0:0:0:0:1]:7946}. */
    @Override
    public String toString() {
        String host = host();
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    /** Index of the first byte that counts: 12 for an IPv4-mapped address, otherwise 0. */
    private static int significant(byte[] ip) {
        if (ip.length != 16 || ip[10] != -1 || ip[11] != -1) {
            return 0;
        }
        for (int i = 0; i < 10; i++) {
            if (ip[i] != 0) {
                return 0;
            }
        }
        return MAPPED_PREFIX;
    }
}
