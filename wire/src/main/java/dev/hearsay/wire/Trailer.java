package dev.hearsay.wire;

import dev.hearsay.core.Bytes;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a member says of itself behind the {@link Tags} in its metadata. Decoders written in Go stop at the end of the map
 * and Serf passes metadata on byte for byte, so that it reaches everybody and disturbs nobody.
 *
 * <pre>
 *   'H' 'S' | version, 1 byte | length, 1 byte | so many bytes
 * </pre>
 *
 * <p>There may be several such records. One of version 1 is a set of {@linkplain Capability capabilities}: a bit each, the
 * first byte and its lowest bit first; bits that mean nothing here are ignored. A record of another version is skipped. A
 * node that writes a later version writes version 1 as well, so that a cluster can be upgraded one node at a time.
 *
 * @param capabilities what the member announced and is known here; immutable
 * @param skipped records of versions not known here, and one more if bytes are left that are no record
 */
public record Trailer(Set<Capability> capabilities, int skipped) {
    private static final int MAGIC = 'H' << 8 | 'S';
    private static final int HEADER = 4;
    private static final int VERSION = 1;
    private static final Trailer NONE = new Trailer(Collections.emptySet(), 0);

    /** The trailer in a member's metadata; an empty one if there is none, or if the metadata is not Serf's. Never throws. */
    public static Trailer decode(Bytes meta) {
        int at = Tags.end(meta);
        if (at == meta.length()) {
            return NONE;
        }
        Set<Capability> found = EnumSet.noneOf(Capability.class);
        int skipped = 0;
        while (at < meta.length()) {
            int body = at + HEADER;
            if (body > meta.length() || (u8(meta, at) << 8 | u8(meta, at + 1)) != MAGIC) {
                return new Trailer(Collections.unmodifiableSet(found), skipped + 1);
            }
            int end = body + u8(meta, at + 3);
            if (end > meta.length()) {
                return new Trailer(Collections.unmodifiableSet(found), skipped + 1);
            }
            if (u8(meta, at + 2) == VERSION) {
                read(meta, body, end, found);
            } else {
                skipped++;
            }
            at = end;
        }
        return new Trailer(Collections.unmodifiableSet(found), skipped);
    }

    private static void read(Bytes meta, int from, int to, Set<Capability> found) {
        for (Capability capability : Capability.values()) {
            int at = from + capability.ordinal() / Byte.SIZE;
            if (at < to && (u8(meta, at) & 1 << capability.ordinal() % Byte.SIZE) != 0) {
                found.add(capability);
            }
        }
    }

    /** Bytes that {@link #write} adds: none for no capabilities. */
    static int size(Set<Capability> capabilities) {
        return capabilities.isEmpty() ? 0 : HEADER + bodySize(capabilities);
    }

    /** Writes one record of version 1, as short as it can be. */
    static void write(Set<Capability> capabilities, RawWriter out) {
        if (capabilities.isEmpty()) {
            return;
        }
        byte[] bits = new byte[bodySize(capabilities)];
        for (Capability capability : capabilities) {
            bits[capability.ordinal() / Byte.SIZE] |= (byte) (1 << capability.ordinal() % Byte.SIZE);
        }
        out.octet(MAGIC >> 8);
        out.octet(MAGIC);
        out.octet(VERSION);
        out.octet(bits.length);
        out.octets(Bytes.adopt(bits));
    }

    private static int bodySize(Set<Capability> capabilities) {
        int last = 0;
        for (Capability capability : capabilities) {
            last = Math.max(last, capability.ordinal());
        }
        return last / Byte.SIZE + 1;
    }

    private static int u8(Bytes meta, int at) {
        return meta.at(at) & 0xFF;
    }
}
