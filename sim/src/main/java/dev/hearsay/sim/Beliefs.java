package dev.hearsay.sim;

import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.Member;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a simulation believe of members, each different belief once, and the numbers that {@link SharedTable}
 * has in its place. A belief is forgotten, and its number given to another, when no table holds it any more; so there are
 * never more than the nodes together hold at one moment. Names keep their numbers.
 */
final class Beliefs {
    private static final int FIRST_CAPACITY = 64;
    private static final int NONE = -1;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Belief, Integer> byValue = new HashMap<>();
    // By number of the belief.
    private @Nullable Belief[] beliefs = new Belief[FIRST_CAPACITY];
    private int[] holders = new int[FIRST_CAPACITY];
    private int[] free = new int[FIRST_CAPACITY];
    private int freed;
    private int made;
    // By number of the name: the belief that somebody came to last. Nearly always the next one comes to the same.
    private int[] latest = new int[FIRST_CAPACITY];

    /** Addresses are also equal where they differ in width, but a node passes on what it heard: hence the width. */
    private record Belief(Claim claim, boolean leaving, boolean damped, int width) {
        Belief(Member member) {
            this(member.claim(), member.leaving(), member.damped(), member.address().ipLength());
        }
    }

    /** How many different beliefs some table holds. */
    int size() {
        return byValue.size();
    }

    /** The number of the name, from 0; -1 if it has none. */
    int number(String name) {
        Integer known = numbers.get(name);
        return known == null ? -1 : known;
    }

    /** The number of the name, which gets one if it has none. */
    int add(String name) {
        int number = numbers.size();
        Integer known = numbers.putIfAbsent(name, number);
        if (known != null) {
            return known;
        }
        if (number == latest.length) {
            latest = Arrays.copyOf(latest, number * 2);
        }
        latest[number] = NONE;
        return number;
    }

    /** The number of the belief about the member with that number; one table more holds it. */
    int hold(int number, Member member) {
        int last = latest[number];
        if (last == NONE || !is(last, member)) {
            last = find(new Belief(member));
            latest[number] = last;
        }
        holders[last]++;
        return last;
    }

    /** One table less holds that belief. */
    void release(int belief) {
        if (--holders[belief] > 0) {
            return;
        }
        Belief forgotten = Objects.requireNonNull(beliefs[belief]);
        byValue.remove(forgotten);
        beliefs[belief] = null;
        int member = number(forgotten.claim().node());
        if (latest[member] == belief) {
            latest[member] = NONE;
        }
        if (freed == free.length) {
            free = Arrays.copyOf(free, freed * 2);
        }
        free[freed++] = belief;
    }

    /** The member as believed, since that moment. */
    Member member(int belief, long since) {
        Belief known = Objects.requireNonNull(beliefs[belief]);
        return new Member(known.claim, known.leaving, known.damped, since);
    }

    private boolean is(int belief, Member member) {
        Belief known = Objects.requireNonNull(beliefs[belief]);
        return known.claim.equals(member.claim())
                && known.leaving == member.leaving()
                && known.damped == member.damped()
                && known.width == member.address().ipLength();
    }

    private int find(Belief belief) {
        Integer known = byValue.get(belief);
        if (known != null) {
            return known;
        }
        int number = freed > 0 ? free[--freed] : made++;
        if (number == beliefs.length) {
            beliefs = Arrays.copyOf(beliefs, number * 2);
            holders = Arrays.copyOf(holders, number * 2);
        }
        beliefs[number] = belief;
        byValue.put(belief, number);
        return number;
    }
}
