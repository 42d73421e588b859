package dev.hearsay.core.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.hearsay.core.Address;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Serf's specification, 3.8, and what it does to a healthy member. */
class NameVoteTest {
    private static final Address OURS = Address.ipv4(10, 0, 0, 1, 7946);
    private static final Address THEIRS = Address.ipv4(10, 0, 0, 9, 7946);

    private static @Nullable Address vote(int others, List<Address> said) {
        return NameVote.lostTo(OURS, said, others);
    }

    @Test
    void nobody_answers() {
        assertNull(vote(5, List.of()));
        assertNull(vote(0, List.of()));
    }

    @Test
    void one_of_five_is_no_majority() {
        assertNull(vote(5, List.of(THEIRS)));
        assertNull(vote(5, List.of(THEIRS, THEIRS, OURS, OURS, OURS)));
        assertNull(vote(4, List.of(THEIRS, THEIRS)));
    }

    @Test
    void more_than_half_of_all_others_decide() {
        assertEquals(THEIRS, vote(5, List.of(THEIRS, OURS, THEIRS, THEIRS)));
        assertEquals(THEIRS, vote(1, List.of(THEIRS)));
        assertNull(vote(5, Collections.nCopies(5, OURS)));
    }

    @Test
    void they_must_agree_on_where_it_is() {
        assertNull(vote(5, List.of(THEIRS, Address.ipv4(10, 0, 0, 8, 7946), Address.ipv4(10, 0, 0, 7, 7946))));
        assertNull(vote(5, List.of(THEIRS, Address.ipv4(10, 0, 0, 9, 7947), Address.ipv4(10, 0, 0, 9, 7948))));
    }

    @Test
    void an_ipv4_address_in_its_longer_form_is_the_same() {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
        assertNull(vote(1, List.of(Address.of(mapped, 7946))));
    }
}
