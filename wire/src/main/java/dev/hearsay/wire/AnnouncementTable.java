package dev.hearsay.wire;

import dev.hearsay.core.Address;
import dev.hearsay.core.membership.ForwardingMemberTable;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A member table in front of another that looks at what members announce when it enters: counts what is not understood in
 * the {@link Trailer} of new metadata, once however often it is heard, and notes who cannot read a checksum.
 */
public final class AnnouncementTable extends ForwardingMemberTable {
    /** Since this protocol version memberlist reads a checksum; every release since 2018 announces it. */
    private static final int CHECKSUM_SINCE_PROTOCOL = 5;

    private final boolean serf;
    private final DropCounters drops;

    /** Where members listen that cannot read a checksum: as a rule nowhere. At most as many as there are members. */
    private final Set<Address> withoutChecksum = new HashSet<>();

    /**
     * Looks at whatever enters that table.
     *
     * @param serf whether the layer above is Serf; otherwise metadata is the application's and nothing is looked for in it
     * @param drops where it counts {@link DropReason#UNKNOWN_TRAILER}
     */
    public AnnouncementTable(MemberTable table, boolean serf, DropCounters drops) {
        super(table);
        this.serf = serf;
        this.drops = drops;
    }

    /** Whether a packet to that address may have a checksum: only not if a member is known there that cannot read it. */
    public boolean readsChecksum(Address to) {
        return withoutChecksum.isEmpty() || !withoutChecksum.contains(to);
    }

    @Override
    public void put(Member member) {
        Member before = find(member.name());
        if (before == null || !before.meta().equals(member.meta())) {
            countUnknown(member);
        }
        forget(before);
        if (!mayRead(member)) {
            withoutChecksum.add(member.address());
        }
        super.put(member);
    }

    @Override
    public void remove(String name) {
        forget(find(name));
        super.remove(name);
    }

    private void countUnknown(Member member) {
        if (serf) {
            for (int i = Trailer.decode(member.meta()).skipped(); i > 0; i--) {
                drops.count(DropReason.UNKNOWN_TRAILER);
            }
        }
    }

    private void forget(@Nullable Member before) {
        if (before != null && !mayRead(before)) {
            withoutChecksum.remove(before.address());
        }
    }

    private static boolean mayRead(Member member) {
        return member.versions().protocolMax() >= CHECKSUM_SINCE_PROTOCOL;
    }
}
