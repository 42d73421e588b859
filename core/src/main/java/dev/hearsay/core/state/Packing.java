package dev.hearsay.core.state;

import dev.hearsay.core.state.HotQueue.Hot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills packets with entries and hashes, in the order given. An entry that fits into no packet is announced as large. */
final class Packing {
    private final int room;
    private final List<Packet> packets = new ArrayList<>();
    private int left;

    /** Packets with room for so many bytes each. */
    Packing(int room) {
        this.room = room;
    }

    /** One packet, and what it tells of. */
    static final class Packet {
        private final List<StateFrame.Pushed> entries = new ArrayList<>();
        private final List<Long> announced = new ArrayList<>();
        private final List<Long> large = new ArrayList<>();
        private final List<Hot> told = new ArrayList<>();

        StateFrame.News news() {
            return new StateFrame.News(List.copyOf(entries), List.copyOf(announced), List.copyOf(large));
        }

        List<Hot> told() {
            return told;
        }
    }

    List<Packet> packets() {
        return packets;
    }

    void push(Entry entry, int hops, int bytes) {
        push(entry, hops, bytes, null);
    }

    void push(Entry entry, int hops, int bytes, @Nullable Hot told) {
        if (bytes > room) {
            announce(entry, bytes, told);
            return;
        }
        packet(bytes, told).entries.add(new StateFrame.Pushed(entry, hops));
    }

    void announce(Entry entry, int bytes, @Nullable Hot told) {
        Packet packet = packet(Sending.HASH, told);
        (bytes > room ? packet.large : packet.announced).add(entry.hash());
    }

    private Packet packet(int bytes, @Nullable Hot told) {
        if (packets.isEmpty() || left < bytes) {
            packets.add(new Packet());
            left = room;
        }
        left -= bytes;
        Packet packet = packets.get(packets.size() - 1);
        if (told != null) {
            packet.told.add(told);
        }
        return packet;
    }
}
