package dev.hearsay.experiment.fuzz;

import dev.hearsay.experiment.scenario.Scenario;
import dev.hearsay.experiment.scenario.ScenarioFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes whole scenario files from a number. What is how likely stands in {@code docs/simulator-fuzz.md}. */
public final class RandomScenario {
    /** Fewest members of a scenario. */
    public static final int FEWEST = 2;

    /** Most members that may be asked for. */
    public static final int MOST = 1_000;

    private final Dice dice;
    private final ScenarioTree tree = ScenarioTree.empty();
    private final Map<String, Object> root = tree.root();
    private final int members;
    private final List<String> zones = new ArrayList<>();

    private RandomScenario(long number, int most) {
        dice = new Dice(number);
        members = (int) dice.spread(FEWEST, most);
        root.put("name", String.format("fuzz-%016x", number));
        root.put("seed", (dice.nextLong() >>> 33) + "");
    }

    /**
     * The scenario of that number, as a file that {@link ScenarioFile} reads.
     *
     * @param number any
     * @param most members, {@value #FEWEST} to {@value #MOST}: small clusters are as likely as large ones, by order of magnitude
     */
    public static String text(long number, int most) {
        if (most < FEWEST || most > MOST) {
            throw new IllegalArgumentException("members " + most + ": must be " + FEWEST + " to " + MOST);
        }
        return new RandomScenario(number, most).make();
    }

    private String make() {
        root.put("duration", Promise.LONG);
        cluster();
        boolean wan = dice.chance(20);
        boolean shares = dice.chance(40);
        RandomConfig settings = new RandomConfig(dice, members, wan);
        Map<String, Object> config = settings.make();
        if (shares) {
            putUnlessEmpty(config, "state", settings.state());
        }
        putUnlessEmpty(root, "config", config);
        putUnlessEmpty(root, "network", network(wan));
        List<Object> faults = new RandomFaults(dice, members, zones).make();
        if (!faults.isEmpty()) {
            root.put("faults", faults);
        }
        putUnlessEmpty(root, "workload", workload(shares));
        Scenario quiet = ScenarioFile.read("random", tree.text());
        if (Promise.holds(quiet)) {
            Promise.write(quiet, root);
        }
        return tree.text();
    }

    private static void putUnlessEmpty(Map<String, Object> map, String key, Map<String, Object> value) {
        if (!value.isEmpty()) {
            map.put(key, value);
        }
    }

    private void cluster() {
        Map<String, Object> cluster = ScenarioTree.section(root, "cluster");
        cluster.put("members", members + "");
        if (dice.chance(40)) {
            cluster.put("start", "join");
        }
        if (members >= 4 && dice.chance(35)) {
            Map<String, Object> sizes = ScenarioTree.section(cluster, "zones");
            int left = members;
            int count = dice.between(2, Math.min(4, members / 2));
            for (int i = 0; i < count; i++) {
                int rest = count - 1 - i;
                int size = rest == 0 ? left : dice.between(1, left - rest);
                String name = String.valueOf((char) ('a' + i));
                zones.add(name);
                sizes.put(name, size + "");
                left -= size;
            }
        }
    }

    // ---- the network when nothing is broken

    private Map<String, Object> network(boolean wan) {
        Map<String, Object> network = new LinkedHashMap<>();
        if (wan) {
            network.put("preset", "wan");
        }
        harm(network);
        if (!zones.isEmpty() && dice.chance(60)) {
            int count = dice.between(1, zones.size());
            for (int i = 0; i < count; i++) {
                ScenarioTree.list(network, "between").add(between());
            }
        }
        return network;
    }

    private Map<String, Object> between() {
        Map<String, Object> between = new LinkedHashMap<>();
        List<Object> names = new ArrayList<>(List.of(dice.pick(zones)));
        if (dice.chance(80)) {
            names.add(dice.pick(zones));
        }
        between.put("zones", names);
        between.put("latency", dice.pick("2ms", "5ms..15ms", "30ms", "heavy 1ms..40ms"));
        harm(between);
        return between;
    }

    /** So little that everything promised still holds. */
    private void harm(Map<String, Object> network) {
        if (dice.chance(15)) {
            network.put("loss", dice.percent(2));
        }
        if (dice.chance(15)) {
            network.put("duplication", dice.percent(20));
        }
        if (dice.chance(10)) {
            network.put("reordering", dice.percent(2));
            network.put("reorder-by", dice.millis(1, 100));
        }
        if (dice.chance(10)) {
            network.put("corruption", dice.percent(2));
        }
        if (dice.chance(10)) {
            network.put("bandwidth", dice.spread(300, 10_000) + " kB/s");
            if (dice.chance(50)) {
                network.put("queue-bytes", dice.spread(20_000, 1_000_000) + "");
            }
        }
    }

    // ---- applications

    private Map<String, Object> workload(boolean shares) {
        Map<String, Object> workload = new LinkedHashMap<>();
        if (dice.chance(50)) {
            Map<String, Object> events = ScenarioTree.section(workload, "events");
            events.put("every", dice.millis(200, 10_000));
            if (dice.chance(50)) {
                events.put("bytes", dice.between(0, 400) + "");
            }
        }
        if (shares) {
            Map<String, Object> state = ScenarioTree.section(workload, "state");
            state.put("every", dice.millis(100, 10_000));
            if (dice.chance(50)) {
                state.put("bytes", dice.spread(4, dice.chance(10) ? 60_000 : 2_000) + "");
            }
            if (dice.chance(50)) {
                state.put("keys", dice.spread(1, 1_000) + "");
            }
            if (dice.chance(20)) {
                state.put("from", "n" + dice.between(0, members - 1));
            }
        }
        return workload;
    }
}
