package dev.hearsay.experiment.scenario;

import java.time.Duration;
import java.util.Optional;

/**
 * What applications do meanwhile.
 *
 * @param events user events, if any
 * @param state writes to shared state, if any
 */
public record Workload(Optional<Load> events, Optional<Load> state) {
    /** Until when there is new work, before the end: so that what comes last has time to arrive. */
    static final Duration REST = Duration.ofSeconds(10);

    /**
     * One kind of work, at even intervals.
     *
     * @param from who does it: each time one of these that run
     * @param every time between two
     * @param start of the first
     * @param until after this, none begins
     * @param bytes of payload
     * @param keys among how many keys writes are spread; of no meaning for events
     */
    public record Load(Who from, Duration every, Duration start, Duration until, int bytes, int keys) {
        /** How many there are. */
        public long count() {
            return until.minus(start).dividedBy(every) + 1;
        }
    }

    static Workload read(Section section, Members members, Duration duration) {
        Optional<Load> events = load(section, "events", members, duration);
        Optional<Load> state = load(section, "state", members, duration);
        section.end();
        return new Workload(events, state);
    }

    private static Optional<Load> load(Section section, String key, Members members, Duration duration) {
        if (!section.has(key)) {
            return Optional.empty();
        }
        Section load = section.section(key);
        boolean isState = key.equals("state");
        Duration every = load.required("every", Duration.ofSeconds(1), Quantity.SOME_TIME);
        Duration start = load.value("start", Duration.ofSeconds(1), Quantity.DURATION);
        Duration rest = duration.minus(REST).compareTo(start) > 0 ? duration.minus(REST) : duration;
        Duration until = load.value("until", rest, Quantity.DURATION);
        int bytes = load.value("bytes", 100, Quantity.count(isState ? 4 : 0, isState ? 65_536 : 400));
        int keys = isState ? load.value("keys", 1000, Quantity.count(1, 1_000_000)) : 1;
        Who from = Whos.read(load, "from", Who.ALL, members);
        if (until.compareTo(start) < 0) {
            load.problem("until", until + " lies before the start, " + start);
        } else if (until.compareTo(duration) > 0) {
            load.problem("until", "lies after the end of the scenario: must be at most its duration");
        } else if (until.minus(start).dividedBy(every) >= MOST) {
            load.problem("every", "makes more than " + MOST + " of them");
        }
        load.end();
        return Optional.of(new Load(from, every, start, until, bytes, keys));
    }

    /** Most events, and most writes, of a run. */
    static final int MOST = 1_000_000;
}
