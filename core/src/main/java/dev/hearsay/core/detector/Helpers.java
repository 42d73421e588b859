package dev.hearsay.core.detector;

import dev.hearsay.core.Config;
import dev.hearsay.core.Prng;
import dev.hearsay.core.coordinate.Coordinates;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Membership;
import dev.hearsay.core.membership.Sampling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Who is asked to ping a silent member: of twice as many as are needed, drawn at random, those over whom the way is shortest
 * by their coordinates, as their answer comes soonest. The first is left to chance: what is near to each other tends to fail
 * together.
 */
final class Helpers {
    private static final int DRAWN_PER_HELPER = 2;

    private final Config config;
    private final MemberTable table;
    private final Membership membership;
    private final Coordinates coordinates;
    private final Prng random;

    Helpers(Config config, MemberTable table, Membership membership, Coordinates coordinates, Prng random) {
        this.config = config;
        this.table = table;
        this.membership = membership;
        this.coordinates = coordinates;
        this.random = random;
    }

    /** Up to {@code indirectProbes} members, without this node and the target. */
    List<Member> choose(Member target) {
        int count = config.indirectProbes();
        List<Member> drawn = Sampling.pickLive(
                table,
                count * DRAWN_PER_HELPER,
                random,
                m -> m.state() == MemberState.ALIVE
                        && !membership.isSelf(m)
                        && !m.name().equals(target.name()));
        if (drawn.size() <= count || coordinates.of(target.name()) == null) {
            return drawn.subList(0, Math.min(count, drawn.size()));
        }
        List<Member> chosen = new ArrayList<>(drawn.subList(0, 1));
        drawn.subList(1, drawn.size()).stream()
                .sorted(Comparator.comparingLong(m -> detour(m, target)))
                .limit(count - 1L)
                .forEach(chosen::add);
        return chosen;
    }

    /** Those whose place is not known come last. */
    private long detour(Member over, Member target) {
        long nanos = coordinates.detourNanos(over.name(), target.name());
        return nanos < 0 ? Long.MAX_VALUE : nanos;
    }
}
