package dev.hearsay.experiment.run;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.experiment.run.Infection.Curve;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The user events of a run: who fired them, and when each member heard. */
final class EventSpread extends Spread<EventSpread.Fired> {
    private static final String PREFIX = "load-";
    private static final int MOST_POINTS = 200;

    private final Expected expected;
    private final Map<Integer, Fired> open = new TreeMap<>();
    private final List<Curve> curves = new ArrayList<>();
    private int fired;
    private long copies;

    /** How many members theory expects to have heard, so many nanoseconds after an event was fired. */
    @FunctionalInterface
    interface Expected {
        double informed(long nanos);
    }

    /** One event that is still followed. */
    static final class Fired extends Spread.Thing {
        private final int number;
        private final List<Double> times = new ArrayList<>();

        private Fired(int number, int origin, long at) {
            super(origin, at);
            this.number = number;
        }
    }

    EventSpread(int members, Wellness wellness, Expected expected) {
        super(members, wellness);
        this.expected = expected;
    }

    /** A member is about to fire an event; returns its name. */
    String fires(int origin, long now) {
        Fired next = new Fired(fired++, origin, now);
        open.put(next.number, next);
        follow(next);
        return PREFIX + next.number;
    }

    /** What an event carries. */
    static Bytes payload(int bytes) {
        return Bytes.of(new byte[bytes]);
    }

    /** A member has heard an event. */
    void heard(int member, Event.UserEvent event, long now) {
        Fired about = event.name().startsWith(PREFIX) ? open.get(number(event.name())) : null;
        if (about != null && reach(about, member, now) && about.number < Infection.MOST_CURVES) {
            about.times.add((now - about.at) / 1e9);
        }
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(PREFIX.length()));
    }

    /** A member sends a packet. */
    void sent(Message message) {
        if (message instanceof Message.UserEvent event) {
            copies += event.name().startsWith(PREFIX) ? 1 : 0;
        } else if (message instanceof Message.Compound compound) {
            compound.parts().forEach(this::sent);
        }
    }

    @Override
    void closed(Fired about) {
        open.remove(about.number);
        if (about.number < Infection.MOST_CURVES) {
            curves.add(curve(about));
        }
    }

    /** So few points that a page can draw them: the first, the last, and evenly many between. */
    private Curve curve(Fired about) {
        List<Double> seconds = new ArrayList<>();
        List<Integer> informed = new ArrayList<>();
        List<Double> theory = new ArrayList<>();
        int size = about.times.size();
        int points = Math.min(size, MOST_POINTS);
        for (int i = 1; i <= points; i++) {
            int count = (int) ((long) i * size / points);
            double time = about.times.get(count - 1);
            seconds.add(time);
            informed.add(count);
            theory.add(expected.informed(Math.round(time * 1e9)));
        }
        return new Curve(
                PREFIX + about.number,
                "n" + about.origin,
                about.at / 1e9,
                List.copyOf(seconds),
                List.copyOf(informed),
                List.copyOf(theory));
    }

    /** Puts what was measured into a result. */
    void report(Findings findings) {
        findings.put("events-sent", fired);
        if (fired > 0) {
            findings.put("event-copies", (double) copies / fired / members);
        }
        report(findings, "event", "events-delivered");
        findings.infections(curves);
    }
}
