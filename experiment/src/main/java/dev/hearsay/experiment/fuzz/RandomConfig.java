package dev.hearsay.experiment.fuzz;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A configuration around one of the presets. Most settings stay as they are, so that a failure has few causes. Left out is what takes
 * from the failure detector what the invariants count on: {@code measuredHealth} off, and suspicions too short to be refuted.
 */
final class RandomConfig {
    /** How often a setting is changed, of 100. */
    private static final int CHANGED = 15;

    private final Dice dice;
    private final int members;
    private final Map<String, Object> config = new LinkedHashMap<>();
    private final boolean wan;

    RandomConfig(Dice dice, int members, boolean wan) {
        this.dice = dice;
        this.members = members;
        this.wan = wan;
    }

    Map<String, Object> make() {
        if (wan) {
            config.put("preset", "wan");
        } else if (dice.chance(30)) {
            config.put("preset", "local");
        }
        detector();
        dissemination();
        layers();
        return config;
    }

    private void put(String key, String value) {
        if (dice.chance(CHANGED)) {
            config.put(key, value);
        }
    }

    private void detector() {
        if (dice.chance(20)) {
            long period = wan ? dice.spread(2_000, 6_000) : dice.spread(500, 2_000);
            config.put("protocolPeriod", Dice.millis(period));
            config.put("probeTimeout", Dice.millis(period * dice.between(35, 60) / 100));
        }
        put("probeTimeoutFloor", dice.pick("0", "20ms", "50ms", "200ms"));
        put("indirectProbes", dice.between(0, 5) + "");
        put("streamProbes", "false");
        put("guards", dice.between(0, 6) + "");
        put("healthMax", dice.between(1, 16) + "");
        put("suspicionMult", dice.between(3, 6) + "");
        put("suspicionMaxMult", dice.between(3, 8) + "");
        put("confirmations", dice.between(0, 5) + "");
        put("secondOpinions", dice.between(1, 6) + "");
        put("goneTimeout", dice.pick("0", "200ms", "1s", "3s"));
        if (dice.chance(15)) {
            heartbeats();
        }
    }

    private void heartbeats() {
        Map<String, Object> heartbeats = ScenarioTree.section(config, "heartbeats");
        heartbeats.put("detector", "heartbeat");
        if (dice.chance(30)) {
            heartbeats.put("interval", wan ? "2s" : dice.pick("200ms", "500ms", "2s"));
        }
        if (dice.chance(30)) {
            heartbeats.put("fanout", dice.between(2, 6) + "");
        }
        if (dice.chance(30)) {
            heartbeats.put("threshold", dice.between(6, 16) + "");
        }
        if (dice.chance(20)) {
            heartbeats.put("window", dice.between(10, 200) + "");
        }
    }

    private void dissemination() {
        put("gossipInterval", dice.millis(50, 1_000));
        put("forwardDelay", dice.pick("0", "1ms", "5ms", "20ms"));
        put("gossipFanout", dice.between(1, 6) + "");
        put("gossipToTheDead", dice.pick("0", "5s", "60s"));
        put("retransmitMult", dice.between(2, 6) + "");
        put("packetBytes", dice.spread(512, 9_000) + "");
        put("streamTimeout", dice.millis(1_000, 20_000));
        // What is promised takes many of these: short ones make short runs, and so more of them.
        if (dice.chance(75)) {
            config.put("pushPullInterval", dice.millis(2_000, 12_000));
            config.put("reconnectInterval", dice.millis(2_000, 12_000));
        }
        put("leaveTimeout", dice.millis(1_000, 10_000));
    }

    private void layers() {
        if (dice.chance(50)) {
            config.put("flapThreshold", "0");
        } else if (dice.chance(80)) {
            config.put("flapHalfLife", dice.millis(5_000, 60_000));
            config.put("flapMaxHold", dice.millis(10_000, 120_000));
        }
        put("maxMembers", Math.max(2, members + dice.between(0, 3)) + "");
    }

    /** How shared state spreads. */
    Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        if (dice.chance(50)) {
            state.put("mode", dice.pick("push", "pull", "push-pull", "push-then-pull"));
        }
        if (dice.chance(30)) {
            state.put("fanout", dice.between(1, 8) + "");
        }
        if (dice.chance(30)) {
            state.put("switchHops", dice.between(-1, 4) + "");
        }
        if (dice.chance(30)) {
            state.put("rounds", dice.between(1, 4) + "");
        }
        if (dice.chance(30)) {
            state.put("round", dice.millis(1, 200));
        }
        if (dice.chance(30)) {
            state.put("exchange", dice.millis(200, 3_000));
        }
        return state;
    }
}
