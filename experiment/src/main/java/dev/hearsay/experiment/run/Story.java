package dev.hearsay.experiment.run;

import dev.hearsay.core.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one member goes through: what it tells its application of the others, and what the others tell of it. */
final class Story {
    /** Most lines; then the story says that it goes on. */
    static final int MOST = 2_000;

    /** What several members tell within this time is one line. */
    private static final long SAME_NANOS = 10_000_000_000L;

    private final String watched;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Line> told = new HashMap<>();

    /** Something that was told, perhaps by several. */
    private static final class Line {
        private final long at;
        private final String text;
        private int tellers;

        private Line(long at, String text, int tellers) {
            this.at = at;
            this.text = text;
            this.tellers = tellers;
        }

        private Incident incident() {
            String by = tellers == 0 ? "" : tellers == 1 ? " (told by one other)" : " (told by " + tellers + " others)";
            return new Incident(at / 1e9, text + by);
        }
    }

    Story(String watched) {
        this.watched = watched;
    }

    /** A member tells its application something. */
    void on(String teller, Event event, long now) {
        if (teller.equals(watched)) {
            text(event).ifPresent(text -> add(now, text));
        } else if (event instanceof Event.MemberEvent about
                && about.member().name().equals(watched)) {
            text(event).ifPresent(text -> others(now, text));
        }
    }

    /** Others tell the same of the watched member, soon one after the other. */
    private void others(long now, String text) {
        Line before = told.get(text);
        if (before == null || now - before.at > SAME_NANOS) {
            Line line = new Line(now, text, 1);
            told.put(text, line);
            add(line);
        } else {
            before.tellers++;
        }
    }

    /** The scenario does something to the member, or it tells something of another. */
    void add(long now, String text) {
        add(new Line(now, text, 0));
    }

    private void add(Line line) {
        if (lines.size() < MOST) {
            lines.add(line);
        } else if (lines.size() == MOST) {
            lines.add(new Line(line.at, "and more: only the first " + MOST + " lines are kept", 0));
        }
    }

    List<Incident> lines() {
        return lines.stream().map(Line::incident).toList();
    }

    /** An event in a few words; nothing for those that come all the time. */
    private static Optional<String> text(Event event) {
        if (event instanceof Event.MemberSuspected suspected) {
            return Optional.of(suspected.member().name() + " is suspected by " + suspected.accuser());
        } else if (event instanceof Event.MemberFailed failed) {
            return Optional.of(failed.member().name() + " has failed, says " + failed.accuser());
        } else if (event instanceof Event.MemberEvent about) {
            String what = switch (about.getClass().getSimpleName()) {
                case "MemberJoined" -> "has joined";
                case "MemberUpdated" -> "has other metadata";
                case "MemberRefuted" -> "has refuted";
                case "MemberDamped" -> "is damped: it has failed too often";
                case "MemberLeaving" -> "is leaving";
                case "MemberLeft" -> "has left";
                case "MemberReaped" -> "is forgotten";
                default -> about.getClass().getSimpleName();
            };
            return Optional.of(about.member().name() + " " + what);
        } else if (event instanceof Event.LocalPause pause) {
            return Optional.of("it was away for " + pause.nanos() / 1_000_000 + " ms");
        } else if (event instanceof Event.SeedFailed failed) {
            return Optional.of("a join failed: " + failed.failure());
        } else if (event instanceof Event.LeaveCompleted) {
            return Optional.of("it has said goodbye");
        }
        return Optional.empty();
    }
}
