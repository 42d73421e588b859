package dev.hearsay.examples.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {
    private static final int SHARDS = 4096;

    private final List<String> ten =
            IntStream.range(0, 10).mapToObj(i -> "node-" + i).toList();

    @Test
    void eachHasAboutItsShare() {
        for (String member : ten) {
            long share = IntStream.range(0, SHARDS)
                    .filter(shard -> owner(ten, shard).equals(member))
                    .count();
            assertTrue(share > 330 && share < 490, () -> member + " has " + share + " of " + SHARDS);
        }
    }

    @Test
    void whenOneGoesOnlyItsShardsMove() {
        List<String> nine = ten.subList(1, 10);
        for (int shard = 0; shard < SHARDS; shard++) {
            String before = owner(ten, shard);
            String after = owner(nine, shard);
            if (before.equals("node-0")) {
                assertNotEquals(before, after);
            } else {
                assertEquals(before, after);
            }
        }
    }

    @Test
    void theOwnerOutranksEverybodyAndTheOrderOfTheMembersDoesNotMatter() {
        List<String> backwards = new ArrayList<>(ten);
        Collections.reverse(backwards);
        for (int shard = 0; shard < 100; shard++) {
            String owner = owner(ten, shard);
            assertEquals(owner, owner(backwards, shard));
            for (String member : ten) {
                assertEquals(!member.equals(owner), Rendezvous.outranks(owner, member, shard));
            }
        }
        assertEquals(Optional.empty(), Rendezvous.owner(List.of(), 1));
    }

    private static String owner(List<String> members, int shard) {
        return Rendezvous.owner(members, shard).orElseThrow();
    }
}
