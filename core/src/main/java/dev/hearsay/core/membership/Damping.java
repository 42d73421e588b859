package dev.hearsay.core.membership;

import dev.hearsay.core.Config;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whose word to doubt: members that keep failing and coming back, after the route flap damping of RFC 2439, and accusers
 * that are mostly wrong ({@link Reputation}).
 *
 * <pre>
 *   came back from the dead, under the next incarnations   + {@value #RETURNED}   a restart, far ahead, costs nothing
 *   refuted a suspicion that two or more shared            + {@value #REFUTED}
 *   refuted a suspicion of one, after others' of late      + {@value #REFUTED_ONE}
 *   penalty                                                halves each flapHalfLife, never above
 *                                                          flapReuse × 2^(flapMaxHold / flapHalfLife)
 *   damped                                                 once the penalty reaches flapThreshold
 *   shown again                                            once it has faded to flapReuse
 * </pre>
 *
 * Nothing counts that a single accuser has brought about, so that a bad accuser cannot have anybody damped. And nobody is
 * damped whose penalty is below {@value #AVERAGES} times the others' average: when many flap, the fault is the network's.
 * Being damped is this node's view alone and tells others nothing.
 *
 * <p>Bounded: one entry a member, {@value #ACCUSERS} accusers in each.
 */
final class Damping {
    /** The penalty for coming back without a restart, in thousandths of a flap. */
    static final int RETURNED = 1000;

    /** The penalty for refuting a suspicion that several shared. */
    static final int REFUTED = 250;

    /** The penalty for refuting a suspicion that nobody shared, though others have had their own lately. */
    static final int REFUTED_ONE = 125;

    /** A newer start is ahead by the seconds since the last; refutations are next to each other. */
    static final int RESTARTED_AHEAD = 5;

    /** Of the accusers of one member, so many are remembered. */
    static final int ACCUSERS = 4;

    /** A member is damped only if its penalty is so many times the others' average. */
    static final int AVERAGES = 4;

    /** No sum of penalties comes near it, and a thousand times it can still be held. */
    private static final long MOST = 1L << 50;

    private final Config config;
    private final long ceiling;
    private final Reputation reputation;
    private final Map<String, Flapper> flappers = new LinkedHashMap<>();
    private final Set<String> damped = new LinkedHashSet<>();

    /** The penalties of all together: they fade alike. Of members forgotten since, it keeps what was left. */
    private final Fading total;

    /** What is known against one member. */
    private final class Flapper {
        final Fading penalty = new Fading(config.flapHalfLifeNanos(), ceiling);
        /** Who accused it lately, and when. */
        final LinkedHashMap<String, Long> accusers = new LinkedHashMap<>();

        /** Who raised or shared the last suspicion, until it is refuted. */
        final List<String> suspicion = new ArrayList<>(ACCUSERS);

        /** Whether more than one accuser has spoken within a half-life. */
        boolean shared(long now) {
            accusers.values().removeIf(at -> now - at > config.flapHalfLifeNanos());
            return accusers.size() > 1;
        }

        void punish(int amount, long now) {
            penalty.add(amount, now);
            total.add(amount, now);
        }
    }

    Damping(Config config) {
        this.config = config;
        this.ceiling = ceiling(config);
        this.reputation = new Reputation(config);
        this.total = new Fading(config.flapHalfLifeNanos(), MOST);
    }

    /** The penalty that fades to flapReuse in flapMaxHold, at least flapThreshold. */
    private static long ceiling(Config config) {
        long halvings = Math.min(30, config.flapMaxHoldNanos() / Math.max(1, config.flapHalfLifeNanos()));
        return Math.max(config.flapThreshold(), (long) config.flapReuse() << halvings);
    }

    private boolean off() {
        return config.flapThreshold() == 0;
    }

    /** Whether that member's accusations count, as far as its record goes. */
    boolean hasVoice(String accuser, long now) {
        return off() || reputation.hasVoice(accuser, now);
    }

    /** Somebody whose accusations count accuses the member. */
    void accused(String member, String accuser, long now) {
        if (off()) {
            return;
        }
        Flapper flapper = flappers.computeIfAbsent(member, any -> new Flapper());
        flapper.accusers.remove(accuser);
        if (flapper.accusers.size() == ACCUSERS) {
            flapper.accusers.remove(flapper.accusers.keySet().iterator().next());
        }
        flapper.accusers.put(accuser, now);
        if (flapper.suspicion.size() < ACCUSERS && !flapper.suspicion.contains(accuser)) {
            flapper.suspicion.add(accuser);
        }
    }

    /** The member was given up. If several accused it, they were right, as far as one can tell. */
    void given(String member, long now) {
        Flapper flapper = flappers.get(member);
        if (flapper != null && flapper.suspicion.size() > 1) {
            flapper.suspicion.forEach(accuser -> reputation.right(accuser, now));
        }
    }

    /** The member has refuted a suspicion. A sole accuser was wrong; several must have seen something. */
    void refuted(String member, long now) {
        Flapper flapper = flappers.get(member);
        if (flapper == null) {
            return;
        }
        if (flapper.suspicion.size() > 1) {
            flapper.punish(REFUTED, now);
        } else if (flapper.shared(now)) {
            flapper.punish(REFUTED_ONE, now);
        }
        proveWrong(flapper, member, now);
    }

    private void proveWrong(Flapper flapper, String member, long now) {
        if (flapper.suspicion.size() == 1) {
            reputation.wrong(flapper.suspicion.get(0), member, now);
        }
        flapper.suspicion.clear();
    }

    /** The member is back from the dead, or from having left, under that incarnation. */
    void returned(Member gone, long incarnation, long now) {
        String member = gone.name();
        Flapper flapper = flappers.get(member);
        if (flapper == null) {
            return;
        }
        if (gone.claimed() == MemberState.LEFT || restarted(gone.incarnation(), incarnation)) {
            flapper.suspicion.clear();
            return;
        }
        proveWrong(flapper, member, now);
        if (flapper.shared(now)) {
            flapper.punish(RETURNED, now);
        }
    }

    private static boolean restarted(long before, long now) {
        int ahead = (int) (now - before);
        return ahead >= RESTARTED_AHEAD;
    }

    /** Whether the member, which is not damped, should be; then it is remembered among the {@link #damped}. */
    boolean excessive(String member, int live, long now) {
        Flapper flapper = flappers.get(member);
        if (flapper == null || off()) {
            return false;
        }
        long own = flapper.penalty.value(now);
        long others = Math.max(0, total.value(now) - own);
        // This node and the member itself are not among the others.
        if (own < config.flapThreshold() || own * Math.max(1, live - 2) < AVERAGES * others) {
            return false;
        }
        damped.add(member);
        return true;
    }

    /** Those that are damped now. */
    List<Member> damped(MemberTable table) {
        List<Member> members = new ArrayList<>(damped.size());
        for (String name : damped) {
            Member member = table.find(name);
            if (member != null) {
                members.add(member);
            }
        }
        return members;
    }

    /** Whether the member, which is damped, may be shown again. */
    boolean fadedAway(String member, long now) {
        return penalty(member, now) <= config.flapReuse() && damped.remove(member);
    }

    /** Whether the member, which is damped, has come close enough to being shown that somebody should look how it is. */
    boolean onProbation(String member, long now) {
        return penalty(member, now) <= 2L * config.flapReuse();
    }

    /** In thousandths of a flap. */
    long penalty(String member, long now) {
        Flapper flapper = flappers.get(member);
        return flapper == null ? 0 : flapper.penalty.value(now);
    }

    /** Forgets of whom nothing worth knowing is left. */
    void sweep(long now) {
        flappers.values()
                .removeIf(flapper -> !flapper.shared(now)
                        && flapper.accusers.isEmpty()
                        && flapper.suspicion.isEmpty()
                        && flapper.penalty.value(now) < REFUTED / 4);
        reputation.sweep(now);
    }

    /** The member is known no more. */
    void forgotten(String member) {
        flappers.remove(member);
        reputation.forgotten(member);
        damped.remove(member);
    }
}
