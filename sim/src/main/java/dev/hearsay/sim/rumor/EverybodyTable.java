package dev.hearsay.sim.rumor;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members, all alive: one table for all nodes, as they all know the same. Nobody changes it, so that nobody notices that it is
 * shared.
 */
final class EverybodyTable implements MemberTable {
    private static final int PORT = 7946;
    private static final int NETWORK = 10;

    private final Member[] members;
    private final byte[] ip = new byte[4];
    private @Nullable Map<String, Member> byName;

    EverybodyTable(int nodes) {
        members = new Member[nodes];
        for (int i = 0; i < nodes; i++) {
            Address address = Address.ipv4(NETWORK, i >> 16, i >> 8 & 0xFF, i & 0xFF, PORT);
            Claim claim = new Claim("n" + i, 1, address, Bytes.EMPTY, Versions.SERF, MemberState.ALIVE);
            members[i] = new Member(claim, false, 0);
        }
    }

    /** The index of the member that has that address. */
    int indexOf(Address address) {
        address.copyIpTo(ip, 0);
        return (ip[1] & 0xFF) << 16 | (ip[2] & 0xFF) << 8 | (ip[3] & 0xFF);
    }

    @Override
    public int size() {
        return members.length;
    }

    @Override
    public int live() {
        return members.length;
    }

    @Override
    public int failed() {
        return 0;
    }

    @Override
    public Member at(int index) {
        return members[index];
    }

    @Override
    public @Nullable Member find(String name) {
        Map<String, Member> map = byName;
        if (map == null) {
            map = new HashMap<>();
            for (Member member : members) {
                map.put(member.name(), member);
            }
            byName = map;
        }
        return map.get(name);
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
