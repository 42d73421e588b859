package dev.hearsay.bench;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.DenseMemberTable;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.PacketCodec;
import dev.hearsay.wire.Tags;
import dev.hearsay.wire.WireConfig;
import dev.hearsay.wire.WireException;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Bytes of heap that each known member costs: its records as they come from the network, and the table around them. Each
 * figure is the difference of two heaps after a collection, over many members.
 */
public final class TableBench {
    /** So many tables of the same members at once, so that little else counts. */
    private static final int TABLES = 20;

    private static final Bytes TAGS =
            Tags.encode(Map.of("role", "web", "dc", "eu-west-1", "version", "2026.11.3", "zone", "b"));

    private TableBench() {}

    /** Runs the measurement. Argument: number of members (100,000). */
    public static void main(String[] args) {
        int members = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        Report report = new Report("table").line("members", members, "");
        PacketCodec codec = new PacketCodec(() -> new WireConfig.Builder().build(), new DropCounters());
        List<Member> records = new ArrayList<>(members);
        double record = measure(members, () -> {
            for (int i = 0; i < members; i++) {
                records.add(heard(codec, i));
            }
            return records;
        });
        report.line("record", record, "bytes per member: name, address, tags, versions, claim");
        double least = Double.MAX_VALUE;
        double most = 0;
        for (int part = members / 2; part <= members; part += Math.max(1, members / 32)) {
            double table = table(records, part);
            System.out.printf("%8d members %8.2f bytes each%n", part, table);
            least = Math.min(least, table);
            most = Math.max(most, table);
        }
        report.line("table_least", least, "bytes per member besides; arrays grow in steps,");
        report.line("table_most", most, "hence more or less, depending on the number");
        report.print();
    }

    private static double table(List<Member> records, int members) {
        return measure(members * TABLES, () -> {
            List<MemberTable> tables = new ArrayList<>();
            for (int t = 0; t < TABLES; t++) {
                DenseMemberTable table = new DenseMemberTable(t);
                records.subList(0, members).forEach(table::put);
                tables.add(table);
            }
            return tables;
        });
    }

    /** A member as a node has it that heard of it in a packet: nothing is shared that decoding does not share. */
    private static Member heard(PacketCodec codec, int i) {
        try {
            byte[] packet = codec.encode(announcement(i));
            Message.Alive alive = (Message.Alive) codec.decode(packet, 0, packet.length);
            Claim claim = new Claim(
                    alive.node(),
                    alive.incarnation(),
                    alive.address(),
                    alive.meta(),
                    alive.versions(),
                    MemberState.ALIVE);
            return new Member(claim, false, i);
        } catch (WireException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Message.Alive announcement(int i) {
        String name = String.format(Locale.ROOT, "web-%06d.eu-west-1", i);
        Address address = Address.ipv4(10, i >> 16, i >> 8 & 0xFF, i & 0xFF, 7946);
        return new Message.Alive(name, 50_000_000, address, TAGS, Versions.SERF);
    }

    private static double measure(int members, Supplier<Object> made) {
        long before = Machine.heapUsed();
        Object held = made.get();
        try {
            return (double) (Machine.heapUsed() - before) / members;
        } finally {
            Reference.reachabilityFence(held);
        }
    }
}
