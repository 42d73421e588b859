package dev.hearsay.core.sync;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.StreamMessage.Digest;
import dev.hearsay.core.membership.SummedTable;

/**
 * Tells with few bytes whether two nodes believe the same, and about whom not. The members are parted by a hash of their
 * names into about as many parts as an eighth of them, and the sums of the parts are compared: the fewer members a part has,
 * the less is sent about members that are not different, and the more about parts.
 */
final class Digests {
    private static final int MEMBERS_PER_PART = 8;

    private final SummedTable table;
    private final LayerAbove above;

    Digests(SummedTable table, LayerAbove above) {
        this.table = table;
        this.above = above;
    }

    /** What is believed here, as one sum. */
    Digest brief() {
        return digest(Bytes.EMPTY);
    }

    /** The same with the sums of the parts. */
    Digest detailed() {
        return digest(encode(table.sums(parts(table.size()))));
    }

    private Digest digest(Bytes parts) {
        return above.digest(table.sum(), parts);
    }

    /** Whether the other side believes exactly what this node does, and remembers the same events. */
    boolean agrees(Digest remote) {
        return remote.sum() == table.sum() && above.agrees(remote);
    }

    /** Which parts of that digest are different here, one bit each; none if it has no parts, as the other side found no difference. */
    Bytes differing(Digest remote) {
        if (remote.parts().length() == 0) {
            return Bytes.EMPTY;
        }
        int parts = remote.parts().length() / Integer.BYTES;
        Bytes own = encode(table.sums(parts));
        byte[] bits = new byte[parts / Byte.SIZE];
        for (int i = 0; i < own.length(); i++) {
            int part = i / Integer.BYTES;
            if (own.at(i) != remote.parts().at(i)) {
                bits[part / Byte.SIZE] |= (byte) (1 << part % Byte.SIZE);
            }
        }
        return Bytes.adopt(bits);
    }

    /** Whether a member of that name is in one of the parts with a bit. */
    static boolean within(Bytes bits, String name) {
        int part = SummedTable.part(name, bits.length() * Byte.SIZE);
        return (bits.at(part / Byte.SIZE) >> part % Byte.SIZE & 1) != 0;
    }

    /** How many bits are set. */
    static int count(Bytes bits) {
        int count = 0;
        for (int i = 0; i < bits.length(); i++) {
            count += Integer.bitCount(bits.at(i) & 0xFF);
        }
        return count;
    }

    /** A power of two: an eighth of the members or a little more. */
    static int parts(int members) {
        int parts = Digest.LEAST_PARTS;
        while (parts < Digest.MOST_PARTS && parts * MEMBERS_PER_PART < members) {
            parts *= 2;
        }
        return parts;
    }

    private static Bytes encode(int[] sums) {
        byte[] bytes = new byte[sums.length * Integer.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (sums[i / Integer.BYTES] >>> (Byte.SIZE * (Integer.BYTES - 1 - i % Integer.BYTES)));
        }
        return Bytes.adopt(bytes);
    }
}
