package dev.hearsay.examples.claim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * What one worker holds and wants. A shard that it should have is first claimed from all others: each says how far it was done
 * as far as it knows, and stops if it held it; or that it is its own, because it goes before the asker. So two hold the same
 * shard only while they cannot hear each other. Belongs to one thread.
 */
final class Shards {
    /** Most shards in one question, so that the answer fits into one packet. */
    static final int MAX_ASKED = 32;

    private static final String MINE = "-";

    /** Shards that are claimed together, and when. */
    record Portion(long round, List<Integer> shards) {
        /** What the others are asked. */
        String question() {
            StringJoiner question = new StringJoiner(" ");
            shards.forEach(shard -> question.add(Integer.toString(shard)));
            return question.toString();
        }
    }

    private enum Hold {
        NONE,
        CLAIMED,
        HELD
    }

    private final String self;
    private final Hold[] holds;
    private final long[] positions;
    /** In which round each was claimed last: answers to an earlier claim say nothing of a later one. */
    private final long[] rounds;

    private final Consumer<String> print;
    private long round;
    private boolean retiring;

    Shards(String self, int count, Consumer<String> print) {
        this.self = self;
        this.print = print;
        this.holds = new Hold[count];
        this.positions = new long[count];
        this.rounds = new long[count];
        Arrays.fill(holds, Hold.NONE);
    }

    /** The workers are these now: lets go of what is another's; returns what is to be claimed, in portions. */
    List<Portion> divide(Set<String> workers) {
        round++;
        List<Integer> wanted = new ArrayList<>();
        for (int shard = 0; shard < holds.length; shard++) {
            if (Rendezvous.owner(workers, shard).filter(self::equals).isEmpty()) {
                release(shard, "is another's now");
            } else if (holds[shard] == Hold.NONE) {
                holds[shard] = Hold.CLAIMED;
                rounds[shard] = round;
                wanted.add(shard);
            }
        }
        List<Portion> portions = new ArrayList<>();
        for (int from = 0; from < wanted.size(); from += MAX_ASKED) {
            portions.add(new Portion(round, wanted.subList(from, Math.min(wanted.size(), from + MAX_ASKED))));
        }
        return portions;
    }

    /** This worker is about to go: whoever asks for a shard gets it. */
    void retire() {
        retiring = true;
    }

    /** How far the shards are done that have begun, as far as this worker knows; in portions, each {@code shard:position} and so on. */
    List<String> known() {
        List<String> portions = new ArrayList<>();
        StringJoiner portion = new StringJoiner(" ");
        int inPortion = 0;
        for (int shard = 0; shard < holds.length; shard++) {
            if (positions[shard] > 0) {
                portion.add(shard + ":" + positions[shard]);
                inPortion++;
            }
            if (inPortion == MAX_ASKED || (inPortion > 0 && shard == holds.length - 1)) {
                portions.add(portion.toString());
                portion = new StringJoiner(" ");
                inPortion = 0;
            }
        }
        return portions;
    }

    /** Another, who is about to go, says how far shards are done; what makes no sense is left out. */
    void told(String portion) {
        for (String word : words(portion)) {
            int colon = word.indexOf(':');
            long shard = colon < 0 ? -1 : number(word.substring(0, colon));
            if (shard >= 0 && shard < holds.length) {
                positions[(int) shard] = Math.max(positions[(int) shard], number(word.substring(colon + 1)));
            }
        }
    }

    /** Another claims these; returns what to answer, or an empty text if the question makes no sense. */
    String asked(String other, String question) {
        StringJoiner answer = new StringJoiner(" ");
        for (String word : words(question)) {
            long number = number(word);
            if (number < 0 || number >= holds.length) {
                return "";
            }
            int shard = (int) number;
            if (!retiring && holds[shard] != Hold.NONE && Rendezvous.outranks(self, other, shard)) {
                answer.add(MINE);
            } else {
                release(shard, "goes to " + other);
                answer.add(Long.toString(positions[shard]));
            }
        }
        return answer.toString();
    }

    /** All others have answered: holds what was claimed, is still wanted, and is nobody's. */
    void answered(Portion portion, List<String> answers) {
        for (int i = 0; i < portion.shards().size(); i++) {
            int shard = portion.shards().get(i);
            boolean free = true;
            for (String answer : answers) {
                List<String> words = words(answer);
                long position = words.size() == portion.shards().size() ? number(words.get(i)) : -1;
                free &= position >= 0;
                positions[shard] = Math.max(positions[shard], position);
            }
            if (claimed(portion, shard)) {
                holds[shard] = free ? Hold.HELD : Hold.NONE;
                if (free) {
                    say(shard, "is mine");
                }
            }
        }
    }

    /** Somebody did not answer: these are claimed again later, if they are still wanted. */
    void unanswered(Portion portion) {
        for (int shard : portion.shards()) {
            if (claimed(portion, shard)) {
                holds[shard] = Hold.NONE;
            }
        }
    }

    private boolean claimed(Portion portion, int shard) {
        return holds[shard] == Hold.CLAIMED && rounds[shard] == portion.round();
    }

    /** Does one step in each shard that it holds. */
    void work(Work work) {
        for (int shard = 0; shard < holds.length; shard++) {
            if (holds[shard] == Hold.HELD) {
                positions[shard] = work.step(shard, positions[shard]);
            }
        }
    }

    /** The shards that it holds, in order. */
    List<Integer> held() {
        List<Integer> held = new ArrayList<>();
        for (int shard = 0; shard < holds.length; shard++) {
            if (holds[shard] == Hold.HELD) {
                held.add(shard);
            }
        }
        return held;
    }

    private void release(int shard, String why) {
        if (holds[shard] == Hold.HELD) {
            say(shard, why);
        }
        holds[shard] = Hold.NONE;
    }

    private void say(int shard, String what) {
        print.accept(String.format(Locale.ROOT, "shard %d %s, %d steps done", shard, what, positions[shard]));
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.split(" ", MAX_ASKED + 1));
    }

    /** -1 if it is none. */
    private static long number(String word) {
        try {
            return Math.max(-1, Long.parseLong(word));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
