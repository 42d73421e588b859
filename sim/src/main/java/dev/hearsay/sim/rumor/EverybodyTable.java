package dev.hearsay.sim.rumor;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The members, all alive: one table for all nodes, as they all know the same. It holds none of them but makes each when it is asked
 * for: that takes less time than fetching it from a memory that no cache can hold, and no space.
 */
public final class EverybodyTable implements MemberTable {
    private static final int PORT = 7946;
    private static final int NETWORK = 10;
    private static final int DIGITS_OF_NAME = 5;

    private static final int DIGIT_BITS = 5;
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuv";

    private final int nodes;
    private final byte[] digits = new byte[DIGITS_OF_NAME];
    private final byte[] ip = new byte[4];

    /**
     * A table of that many.
     *
     * @param nodes 1 to {@value RumorSpread#MAX_NODES}
     */
    public EverybodyTable(int nodes) {
        this.nodes = nodes;
    }

    /** The index of the member that has that address. */
    public int indexOf(Address address) {
        address.copyIpTo(ip, 0);
        return (ip[1] & 0xFF) << 16 | (ip[2] & 0xFF) << 8 | (ip[3] & 0xFF);
    }

    /** The name of the member with that index: its digits in base 32, the lowest first. */
    public String name(int index) {
        for (int i = 0, rest = index; i < digits.length; i++, rest >>>= DIGIT_BITS) {
            digits[i] = (byte) DIGITS.charAt(rest & DIGITS.length() - 1);
        }
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    /** Where the member with that index listens. */
    public Address address(int index) {
        ip[0] = NETWORK;
        ip[1] = (byte) (index >> 16);
        ip[2] = (byte) (index >> 8);
        ip[3] = (byte) index;
        return Address.of(ip, PORT);
    }

    @Override
    public Member at(int index) {
        Claim claim = new Claim(name(index), 1, address(index), Bytes.EMPTY, Versions.SERF, MemberState.ALIVE);
        return new Member(claim, false, 0);
    }

    @Override
    public int size() {
        return nodes;
    }

    @Override
    public int live() {
        return nodes;
    }

    @Override
    public int failed() {
        return 0;
    }

    /** The index of the member that would have that name; below 0, or beyond the last, if there is none. */
    public static int indexOf(String name) {
        int index = 0;
        for (int i = name.length() - 1; i >= 0; i--) {
            index = index << DIGIT_BITS | Character.digit(name.charAt(i), DIGITS.length());
        }
        return index;
    }

    @Override
    public @Nullable Member find(String name) {
        int index = indexOf(name);
        return index >= 0 && index < nodes && name(index).equals(name) ? at(index) : null;
    }

    @Override
    public @Nullable Member find(Address address) {
        if (address.ipLength() != ip.length) {
            return null;
        }
        int index = indexOf(address);
        return index < nodes && address(index).equals(address) ? at(index) : null;
    }

    @Override
    public void put(Member member) {
        throw new UnsupportedOperationException("nothing about " + member.name() + " can change: all nodes share it");
    }

    @Override
    public void remove(String name) {
        throw new UnsupportedOperationException(name + " cannot be forgotten: all nodes share it");
    }

    @Override
    public void swap(int first, int second) {
        throw new UnsupportedOperationException("the order cannot change: all nodes share it");
    }
}
