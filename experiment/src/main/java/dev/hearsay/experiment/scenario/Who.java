package dev.hearsay.experiment.scenario;

import dev.hearsay.core.Prng;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some of the members, as a scenario names them: {@code all}, {@code n3}, {@code n10..n19}, {@code zone a}, {@code 5 %}, {@code random
 * 3}, the last two also {@code of zone a}; a list of these; or {@code rest}, all others than those on the other side.
 *
 * @param text as it stands in the file
 * @param parts that together make it
 */
public record Who(String text, List<Part> parts) {
    /** Everybody. */
    public static final Who ALL = new Who("all", List.of(new All()));

    private static final Pattern NAME = Pattern.compile("n([0-9]{1,7})");
    private static final Pattern RANGE = Pattern.compile("n([0-9]{1,7})\\s*\\.\\.\\s*n([0-9]{1,7})");
    private static final Pattern SOME =
            Pattern.compile("(?:random\\s+([0-9]{1,7})|([0-9]+(?:\\.[0-9]+)?\\s*%))(?:\\s+of\\s+(.+))?");

    private static final String RULE = "must be all, rest, n3, n10..n19, zone NAME, 5 %, random 3, "
            + "the last two also with 'of zone NAME' or 'of n10..n19', or a list of these";

    /** One word of it. */
    public sealed interface Part {}

    /** Everybody. */
    record All() implements Part {}

    /** All that the other side does not have. */
    record Rest() implements Part {}

    /** From one index to another, both included. */
    record Range(int from, int to) implements Part {}

    /** All of a zone. */
    record Zone(String name) implements Part {}

    /** A share of these, chosen at random: at least one. */
    record Share(double share, Part of) implements Part {}

    /** So many of these, chosen at random. */
    record Count(int count, Part of) implements Part {}

    /** Where names of zones are looked up. */
    public interface Zoned {
        /** How many members there are. */
        int count();

        /** The members of that zone; empty if there is none of that name. */
        BitSet zone(String name);
    }

    /**
     * Reads one word.
     *
     * @throws IllegalArgumentException saying the rule
     */
    static Part part(String word) {
        if (word.equals("all")) {
            return new All();
        }
        if (word.equals("rest")) {
            return new Rest();
        }
        if (word.startsWith("zone ")) {
            return new Zone(word.substring("zone ".length()).strip());
        }
        Matcher name = NAME.matcher(word);
        if (name.matches()) {
            int index = Integer.parseInt(name.group(1));
            return new Range(index, index);
        }
        Matcher range = RANGE.matcher(word);
        if (range.matches()) {
            int from = Integer.parseInt(range.group(1));
            int to = Integer.parseInt(range.group(2));
            if (from > to) {
                throw new IllegalArgumentException("begins after its end");
            }
            return new Range(from, to);
        }
        Matcher some = SOME.matcher(word);
        if (some.matches()) {
            Part of = some.group(3) == null ? new All() : part(some.group(3).strip());
            if (some.group(1) != null) {
                return new Count(Integer.parseInt(some.group(1)), of);
            }
            return new Share(Quantity.SHARE_OF.read(some.group(2)), of);
        }
        throw new IllegalArgumentException(RULE);
    }

    /** What is wrong with it among these members, as messages; none if it names somebody. */
    List<String> complaints(Zoned members) {
        List<String> complaints = new ArrayList<>();
        parts.forEach(part -> complain(part, members, complaints));
        return complaints;
    }

    private static void complain(Part part, Zoned members, List<String> complaints) {
        if (part instanceof Range range && range.to >= members.count()) {
            complaints.add("there is no n" + range.to + ": members are n0 to n" + (members.count() - 1));
        } else if (part instanceof Zone zone && members.zone(zone.name).isEmpty()) {
            complaints.add("there is no zone '" + zone.name + "' with members in it: see cluster.zones");
        } else if (part instanceof Share share) {
            complain(share.of, members, complaints);
            if (share.share == 0) {
                complaints.add("0 % are nobody: must be above 0 %");
            }
        } else if (part instanceof Count count) {
            complain(count.of, members, complaints);
            int among = complaints.isEmpty()
                    ? members(count.of, members, new BitSet(), new Prng(0)).cardinality()
                    : Integer.MAX_VALUE;
            if (count.count < 1 || count.count > among) {
                complaints.add("there are no " + count.count + " among " + among + ": must be 1 to " + among);
            }
        }
    }

    /** Whether it is the rest of somebody else. */
    public boolean isRest() {
        return parts.stream().anyMatch(part -> part instanceof Rest);
    }

    /** Whether the seed decides who it is. */
    boolean isRandom() {
        return parts.stream().anyMatch(part -> part instanceof Share || part instanceof Count);
    }

    /**
     * The indexes of those meant, ascending.
     *
     * @param other whom {@code rest} leaves out
     * @param random decides who is chosen
     */
    public BitSet choose(Zoned members, BitSet other, Prng random) {
        BitSet chosen = new BitSet();
        for (Part part : parts) {
            chosen.or(members(part, members, other, random));
        }
        return chosen;
    }

    private static BitSet members(Part part, Zoned members, BitSet other, Prng random) {
        BitSet set = new BitSet();
        if (part instanceof All) {
            set.set(0, members.count());
        } else if (part instanceof Rest) {
            set.set(0, members.count());
            set.andNot(other);
        } else if (part instanceof Range range) {
            set.set(range.from, range.to + 1);
        } else if (part instanceof Zone zone) {
            set.or(members.zone(zone.name));
        } else if (part instanceof Share share) {
            BitSet among = members(share.of, members, other, random);
            return some(Math.max(1, (int) Math.round(share.share * among.cardinality())), among, random);
        } else if (part instanceof Count count) {
            return some(count.count, members(count.of, members, other, random), random);
        }
        return set;
    }

    /** So many of them, each as likely as the other: the first of a shuffle (Fisher and Yates). */
    private static BitSet some(int count, BitSet among, Prng random) {
        int[] indexes = among.stream().toArray();
        BitSet chosen = new BitSet();
        for (int i = 0; i < Math.min(count, indexes.length); i++) {
            int at = i + random.below(indexes.length - i);
            chosen.set(indexes[at]);
            indexes[at] = indexes[i];
        }
        return chosen;
    }

    @Override
    public String toString() {
        return text;
    }
}
