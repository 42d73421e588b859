package dev.hearsay.experiment.fuzz;

import dev.hearsay.core.Config;
import dev.hearsay.experiment.scenario.Fault;
import dev.hearsay.experiment.scenario.NetworkPlan;
import dev.hearsay.experiment.scenario.Scenario;
import dev.hearsay.experiment.scenario.Workload.Load;
import dev.hearsay.sim.Network;
import java.time.Duration;
import java.util.Map;

/**
 * What must hold in a scenario whatever happened in it: after the last fault all that run agree who is there, within a time that
 * follows from the configuration, and a while later on what they share. It is promised only where the faults end and the network
 * does little harm by itself; the second only where no clock is far ahead, whose writes nobody takes.
 */
final class Promise {
    /** Most that the network may lose, break or delay all the time, each. */
    static final double MOST_HARM = 0.02;

    /** Each of these chances to meet again may fail; that so many fail in a row does not happen. */
    private static final int CHANCES = 20;

    private static final int STRETCHED_ABOVE = 32;
    private static final int SAMPLES = 256;
    private static final long SECOND = 1_000_000_000L;

    /** Largest deviation of a clock that may stay, in millionths. */
    private static final double LASTING_PPM = 10_000;

    /** How far all drifts together may put a clock ahead: half of what stamps may be. */
    private static final double MOST_AHEAD_SECONDS = 30;

    /** How long a scenario is while nobody knows yet how long it must be. */
    static final String LONG = "600s";

    /** How many comparisons of shared state it takes at most until all have the same. */
    private static final int COMPARISONS = 60;

    private Promise() {}

    /** Whether anything is promised. */
    static boolean holds(Scenario scenario) {
        Config config = scenario.config();
        NetworkPlan network = scenario.network();
        boolean calm = calm(network.base(), config)
                && network.between().stream()
                        .allMatch(each -> calm(each.change().change().apply(network.base()), config));
        return calm
                && config.reconnectIntervalNanos() > 0
                && config.pushPullIntervalNanos() > 0
                && scenario.faults().stream().allMatch(Promise::over);
    }

    private static boolean calm(Network network, Config config) {
        long longest = 0;
        for (long i = 0; i < SAMPLES; i++) {
            longest = Math.max(longest, network.latency().nanos(i * (-1L >>> 8)));
        }
        return network.loss() <= MOST_HARM
                && network.corruption() <= MOST_HARM
                && network.reordering() <= MOST_HARM
                && 3 * longest < config.probeTimeoutNanos();
    }

    private static boolean over(Fault fault) {
        if (fault.action() instanceof Fault.Drift drift) {
            return fault.when().ends() || Math.abs(drift.ppm()) <= LASTING_PPM;
        }
        boolean ends = fault.when().ends();
        return ends || (fault.action().heals() && !(fault.action() instanceof Fault.Weather));
    }

    /** How long after the last fault all agree at the latest. */
    static Duration agreement(Scenario scenario) {
        Config config = scenario.config();
        int members = scenario.members().count();
        int digits = Integer.toString(members).length();
        long suspicion = config.protocolPeriodNanos() * config.suspicionMult() * config.suspicionMaxMult() * digits;
        long health = config.protocolPeriodNanos() * config.healthMax();
        long damped = config.flapThreshold() == 0 ? 0 : config.flapMaxHoldNanos() + config.flapHalfLifeNanos();
        long meeting = Math.max(config.reconnectIntervalNanos(), pushPull(config, members));
        long nanos = 2 * suspicion
                + 3 * health
                + damped
                + config.gossipToTheDeadNanos()
                + 2 * config.streamTimeoutNanos()
                + CHANCES * meeting;
        return Duration.ofSeconds(nanos / SECOND + 1);
    }

    private static long pushPull(Config config, int members) {
        int doublings = members <= STRETCHED_ABOVE ? 0 : 32 - Integer.numberOfLeadingZeros(members - 1) - 5;
        return config.pushPullIntervalNanos() * (doublings + 1);
    }

    /** Whether clocks stay close enough that everybody takes everybody's writes. */
    private static boolean clocksAreClose(Scenario scenario) {
        double ahead = 0;
        for (Fault fault : scenario.faults()) {
            if (fault.action() instanceof Fault.Drift drift) {
                double seconds = fault.when().ends()
                        ? fault.when().lasting().toMillis() / 1e3 * fault.when().times()
                        : scenario.duration().toSeconds();
                ahead += Math.abs(drift.ppm()) / 1e6 * seconds;
            }
        }
        return ahead <= MOST_AHEAD_SECONDS;
    }

    /** Writes into the file what is promised, and gives it the time for it. */
    static void write(Scenario scenario, Map<String, Object> root) {
        Duration within = agreement(scenario);
        Map<String, Object> expect = ScenarioTree.section(root, "expect");
        expect.put("agreement", "within " + within.toSeconds() + "s");
        long last = scenario.lastFault().toSeconds() + 1;
        long end = last + within.toSeconds() + 1;
        if (scenario.workload().state().isPresent()) {
            Load writes = scenario.workload().state().get();
            long until = Math.max(last, writes.start().toSeconds() + 1);
            ScenarioTree.section(ScenarioTree.section(root, "workload"), "state")
                    .put("until", until + "s");
            end = Math.max(end, until) + COMPARISONS * scenario.state().exchangeNanos() / SECOND;
            if (clocksAreClose(scenario)) {
                // None at all, if nobody runs any more.
                expect.put("state-versions", "at most 1");
            }
        }
        root.put("duration", end + "s");
    }
}
