package dev.hearsay.examples.claim;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Whose a shard is: that member's which scores highest for it (Thaler and Ravishankar, "Using Name-Based Mappings to Increase Hit
 * Rates", 1998). Nobody needs to be asked; who knows the same members comes to the same result, and when one comes or goes, only
 * its own shards move. Of two members each knows without the others which goes first.
 */
final class Rendezvous {
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private Rendezvous() {}

    /** Whose the shard is; empty if there is nobody. */
    static Optional<String> owner(Collection<String> members, int shard) {
        return members.stream().max(order(shard));
    }

    /** Whether the one goes before the other where both want the shard. */
    static boolean outranks(String one, String other, int shard) {
        return order(shard).compare(one, other) > 0;
    }

    private static Comparator<String> order(int shard) {
        return Comparator.comparingLong((String member) -> score(member, shard))
                .thenComparing(Comparator.naturalOrder());
    }

    /** The same on every machine: FNV-1a over name and number, and splitmix64's finaliser, as FNV alone mixes too little. */
    private static long score(String member, int shard) {
        long hash = FNV_OFFSET;
        for (byte octet : (member + '/' + shard).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xFF)) * FNV_PRIME;
        }
        hash = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ hash >>> 27) * 0x94D049BB133111EBL;
        return hash ^ hash >>> 31;
    }
}
