package dev.hearsay.experiment.scenario;

import dev.hearsay.experiment.scenario.NetworkPlan.Change;
import java.time.Duration;

/**
 * Something that happens to the cluster.
 *
 * @param line where it stands in the file, from 1; 0 if a variation put it there
 * @param when it happens
 * @param action what happens
 * @param text as a person would say it
 */
public record Fault(int line, When when, Action action, String text) {

    /**
     * When a fault happens.
     *
     * @param at virtual time since the start
     * @param lasting how long, then it is undone; zero for good
     * @param every the time from one beginning to the next, if it happens several times
     * @param times how often
     */
    public record When(Duration at, Duration lasting, Duration every, int times) {
        /** Whether it is undone. */
        public boolean ends() {
            return !lasting.isZero();
        }

        /** When it is over for the last time; when it begins for the last time, if it is for good. */
        public Duration last() {
            return at.plus(every.multipliedBy(times - 1L)).plus(lasting);
        }
    }

    /** What happens. */
    public sealed interface Action {
        /** Whether the cluster is whole again when the action is not undone. */
        default boolean heals() {
            return true;
        }

        /** Whether it ends processes, which others then should notice. */
        default boolean kills() {
            return false;
        }
    }

    /** Ends processes; undone, they start again. */
    public record Crash(Who who) implements Action {
        @Override
        public boolean kills() {
            return true;
        }
    }

    /** Machines lose their power; undone, their processes start again. */
    public record PowerOff(Who who) implements Action {
        @Override
        public boolean kills() {
            return true;
        }
    }

    /** Starts processes that are down, and has them join through a member that runs. */
    public record Restart(Who who, boolean elsewhere) implements Action {}

    /** Processes say goodbye and stop; undone, they start again. */
    public record Leave(Who who) implements Action {}

    /** Processes stand still. */
    public record Pause(Who who) implements Action {
        @Override
        public boolean heals() {
            return false;
        }
    }

    /** Nothing gets in or out of processes, while their timers run. */
    public record Block(Who who) implements Action {
        @Override
        public boolean heals() {
            return false;
        }
    }

    /** Nothing gets from one side to the other, in neither direction. */
    public record Partition(Who one, Who other) implements Action {
        @Override
        public boolean heals() {
            return false;
        }
    }

    /** Nothing gets from some to others; the other direction works. */
    public record Cut(Who from, Who to) implements Action {
        @Override
        public boolean heals() {
            return false;
        }
    }

    /** Machines lose that share of what comes in, and of what goes out. */
    public record Degrade(Who who, double in, double out) implements Action {
        @Override
        public boolean heals() {
            return false;
        }
    }

    /** Something on the way breaks all held streams. */
    public record BreakStreams(Who who) implements Action {}

    /** Each input takes processes that long. */
    public record Slow(Who who, Duration input) implements Action {
        @Override
        public boolean heals() {
            return false;
        }
    }

    /** Clocks run faster by that many millionths, or slower. */
    public record Drift(Who who, double ppm) implements Action {}

    /** The network does something else. */
    public record Weather(Change change) implements Action {}

    /** One process after the other stops and starts again, in the order of their names: a deploy. */
    public record Rolling(Who who, Duration every, Duration down, boolean leave) implements Action {
        @Override
        public boolean kills() {
            return !leave;
        }
    }

    /** Processes end and start again, at random moments, each time another one. */
    public record Churn(Who who, double perMinute, Duration down) implements Action {
        @Override
        public boolean kills() {
            return true;
        }
    }

    /** Processes stand still now and then, at random moments, each for a random time: garbage collection. */
    public record Pauses(Who who, Duration every, Duration shortest, Duration longest) implements Action {}
}
