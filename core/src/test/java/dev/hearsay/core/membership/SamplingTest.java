package dev.hearsay.core.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Prng;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingTest {

    /** Below and above the size up to which every member is looked at. */
    @ParameterizedTest(name = "{0} members")
    @ValueSource(ints = {5, 64, 65, 200})
    void everyMemberIsEquallyLikelyAndNobodyTwice(int n) {
        DenseMemberTable table = new DenseMemberTable();
        for (int i = 0; i < n; i++) {
            table.put(MemberTableContract.member("n" + i, MemberState.ALIVE));
        }
        Prng random = new Prng(3);
        Map<String, Integer> hits = new HashMap<>();
        int rounds = 2_000 * n;
        for (int round = 0; round < rounds; round++) {
            List<Member> picked = Sampling.pick(table, 3, random, m -> !m.name().equals("n0"));
            assertEquals(3, picked.stream().map(Member::name).distinct().count());
            picked.forEach(m -> hits.merge(m.name(), 1, Integer::sum));
        }
        assertEquals(n - 1, hits.size());
        double expected = rounds * 3.0 / (n - 1);
        hits.forEach((name, hit) -> assertTrue(
                Math.abs(hit - expected) < expected * 0.08,
                name + " was picked " + hit + " times, expected " + expected));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 100})
    void fewerAreGivenWhenFewerQualify(int n) {
        DenseMemberTable table = new DenseMemberTable();
        for (int i = 0; i < n; i++) {
            table.put(MemberTableContract.member("n" + i, MemberState.ALIVE));
        }
        assertEquals(
                1,
                Sampling.pick(table, 3, new Prng(5), m -> m.name().equals("n1")).size());
    }
}
