package dev.hearsay.experiment.run;

import dev.hearsay.core.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one member goes through: what it tells its application of the others, and what the others tell of it. */
final class Story {
    /** Most lines; then the story says that it goes on. */
    static final int MOST = 2_000;

    private final String watched;
    private final List<Incident> lines = new ArrayList<>();

    Story(String watched) {
        this.watched = watched;
    }

    /** A member tells its application something. */
    void on(String teller, Event event, long now) {
        if (teller.equals(watched)) {
            text(event).ifPresent(text -> add(now, text));
        } else if (event instanceof Event.MemberEvent about && about.member().name().equals(watched)) {
            text(event).ifPresent(text -> add(now, teller + ": " + text));
        }
    }

    /** The scenario does something to the member. */
    void add(long now, String text) {
        if (lines.size() < MOST) {
            lines.add(new Incident(now / 1e9, text));
        } else if (lines.size() == MOST) {
            lines.add(new Incident(now / 1e9, "and more: only the first " + MOST + " lines are kept"));
        }
    }

    List<Incident> lines() {
        return List.copyOf(lines);
    }

    /** An event in a few words; nothing for those that come all the time. */
    private static Optional<String> text(Event event) {
        if (event instanceof Event.MemberSuspected suspected) {
            return Optional.of(suspected.member().name() + " is suspected by " + suspected.accuser());
        } else if (event instanceof Event.MemberFailed failed) {
            return Optional.of(failed.member().name() + " has failed, says " + failed.accuser());
        } else if (event instanceof Event.MemberEvent about) {
            String what =
                    switch (about.getClass().getSimpleName()) {
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
