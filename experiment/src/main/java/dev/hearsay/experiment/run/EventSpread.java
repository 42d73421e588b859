package dev.hearsay.experiment.run;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.experiment.run.Infection.Curve;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The user events of a run: who fired them, and when each member heard. */
final class EventSpread {
    /** How long an event is followed; whoever hears it later has not been reached. */
    static final long FOLLOWED_NANOS = 60_000_000_000L;

    private static final String PREFIX = "load-";
    private static final int MOST_POINTS = 200;

    private final int members;
    private final Wellness wellness;
    private final Expected expected;
    private final Map<Integer, Fired> open = new TreeMap<>();
    private final Deque<Fired> order = new ArrayDeque<>();
    private final List<Double> each = new ArrayList<>();
    private final List<Double> all = new ArrayList<>();
    private final List<Curve> curves = new ArrayList<>();
    private int fired;
    private long copies;
    private long reached;
    private long meant;

    /** How many members theory expects to have heard, so many nanoseconds after an event was fired. */
    @FunctionalInterface
    interface Expected {
        double informed(long nanos);
    }

    /** One event that is still followed. */
    private static final class Fired {
        private final int number;
        private final int origin;
        private final long at;
        private final BitSet heard = new BitSet();
        private final List<Double> times = new ArrayList<>();
        private long lastHeard;

        private Fired(int number, int origin, long at) {
            this.number = number;
            this.origin = origin;
            this.at = at;
            this.lastHeard = at;
        }
    }

    EventSpread(int members, Wellness wellness, Expected expected) {
        this.members = members;
        this.wellness = wellness;
        this.expected = expected;
    }

    /** A member is about to fire an event; returns its name. */
    String fires(int origin, long now) {
        Fired next = new Fired(fired++, origin, now);
        open.put(next.number, next);
        order.add(next);
        return PREFIX + next.number;
    }

    /** What an event carries. */
    static Bytes payload(int bytes) {
        return Bytes.of(new byte[bytes]);
    }

    /** A member has heard an event. */
    void heard(int member, Event.UserEvent event, long now) {
        Fired about = event.name().startsWith(PREFIX) ? open.get(number(event.name())) : null;
        if (about == null || about.heard.get(member) || !wellness.upSince(member, about.at)) {
            return;
        }
        about.heard.set(member);
        about.lastHeard = now;
        double delay = (now - about.at) / 1e9;
        if (member != about.origin && each.size() < Samples.MOST) {
            each.add(delay);
        }
        if (about.number < Infection.MOST_CURVES) {
            about.times.add(delay);
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

    /** Ends what has been followed for long. */
    void look(long now) {
        while (!order.isEmpty() && now - order.getFirst().at >= FOLLOWED_NANOS) {
            close(order.removeFirst());
        }
    }

    /** The run is over. */
    void end() {
        order.forEach(this::close);
        order.clear();
    }

    private void close(Fired about) {
        open.remove(about.number);
        boolean complete = true;
        for (int member = 0; member < members; member++) {
            if (wellness.upSince(member, about.at)) {
                meant++;
                reached += about.heard.get(member) ? 1 : 0;
                complete &= about.heard.get(member);
            }
        }
        if (complete && about.lastHeard > about.at) {
            all.add((about.lastHeard - about.at) / 1e9);
        }
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
        findings.spread("event-member", new Samples(each));
        findings.spread("event-all", new Samples(all));
        if (fired > 0) {
            findings.put("event-copies", (double) copies / fired / members);
        }
        if (meant > 0) {
            findings.put("events-delivered", (double) reached / meant);
        }
        findings.infections(curves);
    }
}
