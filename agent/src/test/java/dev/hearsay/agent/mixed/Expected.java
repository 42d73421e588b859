package dev.hearsay.agent.mixed;

import dev.hearsay.agent.rpc.WireMember;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has to be true of a mixed cluster: who is up, and what each agent has to believe of each member once it has heard.
 * Steps in, beliefs out; no process and no clock, so that it is the same whenever the steps are.
 *
 * <p>Two things that both kinds of agents do are part of it. An agent never hears of members that were gone before it
 * started: a push/pull lists them as dead or left, and a claim that somebody unknown is gone is no news. And of a member
 * that is gone it keeps the address and the tags that it knew last.
 */
final class Expected {
    /** Serf's word, with which the beliefs begin. */
    private enum Condition {
        ABSENT,
        UP,
        PAUSED,
        FAILED,
        LEFT
    }

    private static final int PORT = 7946;
    /** How many addresses a member moves through; there are ten members at most. */
    private static final int MOVES = 20;

    private static final int PLACES = 10;

    private final String network;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** A member, and what is true of it. */
    private static final class Entry {
        final Kind kind;
        final int place;
        Condition condition = Condition.ABSENT;
        int starts;
        int moves;
        int tagged;
        boolean movable;
        /** By name: address and tags of those it saw alive since it started. */
        final Map<String, String> met = new HashMap<>();

        Entry(Kind kind, int place) {
            this.kind = kind;
            this.place = place;
        }
    }

    /**
     * Nobody is up yet.
     *
     * @param network the first three numbers of all addresses, as "127.1.2"
     */
    Expected(String network, int ours, int serf) {
        this.network = network;
        for (int n = 1; n <= Math.max(ours, serf); n++) {
            if (n <= ours) {
                entries.put(Kind.OURS.member(n), new Entry(Kind.OURS, entries.size() + 1));
            }
            if (n <= serf) {
                entries.put(Kind.SERF.member(n), new Entry(Kind.SERF, entries.size() + 1));
            }
        }
        if (entries.size() >= PLACES) {
            throw new IllegalArgumentException("ours + serf is " + entries.size() + ", must be below " + PLACES);
        }
    }

    Kind kind(String member) {
        return entry(member).kind;
    }

    /** The IP address of a member. */
    String host(String member) {
        Entry entry = entry(member);
        return network + "." + (entry.place + PLACES * (entry.moves % MOVES));
    }

    /** What the member says of itself when it starts. */
    Map<String, String> tags(String member) {
        Entry entry = entry(member);
        Map<String, String> tags = new TreeMap<>();
        tags.put("kind", entry.kind == Kind.OURS ? "hearsay" : "serf");
        tags.put("start", Integer.toString(entry.starts));
        if (entry.tagged > 0) {
            tags.put("tagged", Integer.toString(entry.tagged));
        }
        return tags;
    }

    /** Who runs and is not paused. */
    List<String> up() {
        return with(Condition.UP);
    }

    /** Who is up, of that kind. */
    List<String> up(Kind kind) {
        return up().stream().filter(member -> kind(member) == kind).toList();
    }

    List<String> paused() {
        return with(Condition.PAUSED);
    }

    /** Who has never been here, or is gone. */
    List<String> down() {
        List<String> down = new ArrayList<>();
        for (Condition each : List.of(Condition.ABSENT, Condition.FAILED, Condition.LEFT)) {
            down.addAll(with(each));
        }
        return down;
    }

    /**
     * Who may come back under another address. Serf takes a name from another address only if its holder has left, and only
     * where the farewell came before any suspicion: memberlist keeps DEAD when it hears of LEFT later, and then the name and
     * its address belong together until the member is forgotten, a day later. So nobody may have been paused.
     */
    List<String> movable() {
        return with(Condition.LEFT).stream()
                .filter(member -> entry(member).movable && paused().isEmpty())
                .toList();
    }

    /** The step is being done; whatever follows from it is true from now on. */
    void apply(Step step) {
        Entry entry = entry(step.member());
        switch (step.action()) {
            case START, REBOOT -> start(entry);
            case MOVE -> {
                entry.moves++;
                start(entry);
            }
            case TAG -> entry.tagged++;
            case BLINK -> {
                // Back as if nothing had been.
            }
            case PAUSE -> entry.condition = Condition.PAUSED;
            case RESUME -> entry.condition = Condition.UP;
            case LEAVE -> {
                entry.condition = Condition.LEFT;
                entry.movable = paused().isEmpty();
            }
            case KILL -> entry.condition = Condition.FAILED;
        }
    }

    private static void start(Entry entry) {
        entry.condition = Condition.UP;
        entry.starts++;
        entry.tagged = 0;
        entry.met.clear();
    }

    /** Everybody who is up believes what it should: remembered for when others are gone. */
    void agreed() {
        for (String viewer : up()) {
            for (String member : up()) {
                entry(viewer).met.put(member, details(member));
            }
        }
    }

    /** What is wrong with the view of an agent that is up; empty if nothing is. */
    String wrong(String viewer, List<WireMember> view) {
        Map<String, WireMember> seen = new HashMap<>();
        for (WireMember member : view) {
            if (seen.put(member.name(), member) != null) {
                return viewer + " lists " + member.name() + " twice";
            }
        }
        for (String member : entries.keySet()) {
            String wrong = wrong(viewer, member, seen.remove(member));
            if (!wrong.isEmpty()) {
                return wrong;
            }
        }
        return seen.isEmpty() ? "" : viewer + " lists " + seen.keySet() + ", who do not exist";
    }

    private String wrong(String viewer, String member, @Nullable WireMember seen) {
        String expected = status(member);
        boolean gone = !expected.equals("alive");
        String met = entry(viewer).met.get(member);
        if (seen == null) {
            return expected.equals("absent") || (gone && met == null)
                    ? ""
                    : viewer + " does not know " + member + ", who is " + expected;
        }
        String actual = seen.suspect() ? "suspect" : seen.status();
        String details = seen.address() + " " + seen.tags();
        boolean right = actual.equals(expected)
                && (details.equals(details(member)) || (gone && (met == null || details.equals(met))));
        return right
                ? ""
                : viewer + " sees " + member + " as " + actual + " " + details + " instead of " + expected + " "
                        + details(member);
    }

    private String status(String member) {
        return switch (entry(member).condition) {
            case ABSENT -> "absent";
            case UP -> "alive";
            case PAUSED, FAILED -> "failed";
            case LEFT -> "left";
        };
    }

    private String details(String member) {
        return host(member) + ":" + PORT + " " + tags(member);
    }

    private List<String> with(Condition condition) {
        return entries.entrySet().stream()
                .filter(each -> each.getValue().condition == condition)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Entry entry(String member) {
        Entry entry = entries.get(member);
        if (entry == null) {
            throw new IllegalArgumentException("no member " + member + " among " + entries.keySet());
        }
        return entry;
    }
}
