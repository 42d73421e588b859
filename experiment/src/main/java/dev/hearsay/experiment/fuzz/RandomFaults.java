package dev.hearsay.experiment.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Faults of every kind: they overlap, repeat, and concern anybody. */
final class RandomFaults {
    private static final int MOST = 8;
    private static final int FIRST_MILLIS = 1_000;
    private static final int LAST_MILLIS = 150_000;

    private final Dice dice;
    private final int members;
    private final List<String> zones;

    /** Members by name that are down for a while: each goes once, so that nobody is ended twice. */
    private final List<Integer> fresh = new ArrayList<>();

    RandomFaults(Dice dice, int members, List<String> zones) {
        this.dice = dice;
        this.members = members;
        this.zones = zones;
        for (int i = 0; i < members; i++) {
            fresh.add(i);
        }
    }

    /** A kind of fault, and how likely it is. */
    private record Kind(int weight, Runnable add) {}

    private final List<Object> faults = new ArrayList<>();

    private final List<Kind> kinds = List.of(
            new Kind(10, () -> process("crash")),
            new Kind(5, () -> process("power-off")),
            new Kind(6, this::crashAndRestart),
            new Kind(6, () -> process("leave")),
            new Kind(10, () -> ending("pause", anybody(), true)),
            new Kind(6, () -> ending("block", anybody(), true)),
            new Kind(10, this::partition),
            new Kind(10, this::cut),
            new Kind(8, this::degrade),
            new Kind(3, () -> fault("break-streams", anybody())),
            new Kind(6, this::slow),
            new Kind(6, this::drift),
            new Kind(10, this::network),
            new Kind(4, this::rolling),
            new Kind(5, this::churn),
            new Kind(5, this::pauses));

    /** At most eight, none at times. */
    List<Object> make() {
        int count = dice.between(0, MOST);
        int[] weights = kinds.stream().mapToInt(Kind::weight).toArray();
        while (faults.size() < count) {
            kinds.get(dice.weighted(weights)).add.run();
        }
        return faults;
    }

    private Map<String, Object> fault(String action, Object what) {
        Map<String, Object> fault = new LinkedHashMap<>();
        fault.put("at", dice.millis(FIRST_MILLIS, LAST_MILLIS));
        fault.put(action, what);
        faults.add(fault);
        return fault;
    }

    /** One that is undone, perhaps several times. */
    private Map<String, Object> ending(String action, Object what, boolean repeats) {
        Map<String, Object> fault = fault(action, what);
        long lasting = dice.spread(100, 90_000);
        fault.put("for", Dice.millis(lasting));
        if (repeats && dice.chance(20)) {
            long every = lasting + dice.spread(100, 30_000);
            fault.put("every", Dice.millis(every));
            fault.put("times", Math.max(2, Math.min(dice.between(2, 6), LAST_MILLIS / every)) + "");
        }
        return fault;
    }

    // ---- who

    private Object anybody() {
        return switch (dice.weighted(5, 3, 3, zones.isEmpty() ? 0 : 3, 1)) {
            case 0 -> one();
            case 1 -> "random " + dice.between(1, Math.max(1, members / 3));
            case 2 -> range();
            case 3 -> "zone " + dice.pick(zones);
            default -> dice.between(1, 60) + " %";
        };
    }

    private String one() {
        return "n" + dice.between(0, members - 1);
    }

    private Object range() {
        int from = dice.between(0, members - 1);
        int to = Math.min(members - 1, from + dice.between(1, Math.max(1, members / 2)));
        return "n" + from + "..n" + to;
    }

    /** Some, but not all: somebody is left on the other side. */
    private Object side() {
        int count = dice.between(1, Math.max(1, members / 2));
        if (dice.chance(50)) {
            return "random " + count;
        }
        if (!zones.isEmpty() && dice.chance(40)) {
            return "zone " + dice.pick(zones);
        }
        int from = dice.between(0, members - count);
        return count == 1 ? "n" + from : "n" + from + "..n" + (from + count - 1);
    }

    // ---- what

    /** Processes that end: the seed says whose, or each by name and once. */
    private void process(String action) {
        boolean named = dice.chance(40) && !fresh.isEmpty();
        Object who = named ? "n" + fresh.remove(dice.between(0, fresh.size() - 1)) : some();
        if (dice.chance(75)) {
            ending(action, who, true);
        } else {
            fault(action, who);
        }
    }

    private String some() {
        return dice.chance(50) ? "random " + dice.between(1, Math.max(1, members / 3)) : dice.between(1, 60) + " %";
    }

    private void crashAndRestart() {
        if (fresh.isEmpty()) {
            return;
        }
        String who = "n" + fresh.remove(dice.between(0, fresh.size() - 1));
        long at = dice.spread(FIRST_MILLIS, LAST_MILLIS);
        Map<String, Object> crash = fault(dice.pick("crash", "power-off", "crash"), who);
        crash.put("at", Dice.millis(at));
        Map<String, Object> restart = fault(dice.pick("restart", "restart-elsewhere"), who);
        restart.put("at", Dice.millis(at + dice.spread(10, 60_000)));
    }

    private void partition() {
        Map<String, Object> sides = new LinkedHashMap<>();
        sides.put("between", side());
        if (dice.chance(30)) {
            sides.put("and", anybody());
        }
        ending("partition", sides, true);
    }

    private void cut() {
        Map<String, Object> sides = new LinkedHashMap<>();
        sides.put(dice.pick("from", "to"), side());
        if (dice.chance(40)) {
            sides.put(sides.containsKey("from") ? "to" : "from", anybody());
        }
        ending("cut", sides, true);
    }

    private Map<String, Object> about(Object who) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("who", who);
        return about;
    }

    private void degrade() {
        Map<String, Object> machine = about(anybody());
        int ways = dice.between(1, 3);
        if ((ways & 1) != 0) {
            machine.put("in", dice.percent(90));
        }
        if ((ways & 2) != 0) {
            machine.put("out", dice.percent(90));
        }
        ending("degrade", machine, true);
    }

    private void slow() {
        Map<String, Object> machine = about(anybody());
        machine.put("by", dice.spread(50, 50_000) + "us");
        ending("slow", machine, true);
    }

    private void drift() {
        Map<String, Object> machine = about(anybody());
        boolean strong = dice.chance(40);
        long ppm = strong ? dice.spread(1_000, 400_000) : dice.spread(1, 5_000);
        machine.put("by", (dice.chance(50) ? "-" : "") + ppm + " ppm");
        if (strong || dice.chance(50)) {
            ending("drift", machine, true);
        } else {
            fault("drift", machine);
        }
    }

    private void network() {
        Map<String, Object> change = new LinkedHashMap<>();
        if (dice.chance(50)) {
            change.put("loss", dice.percent(70));
        }
        if (dice.chance(25)) {
            change.put("latency", dice.pick("1ms..50ms", "100ms", "heavy 1ms..2s", "200ms..600ms"));
        }
        if (dice.chance(25)) {
            change.put("duplication", dice.percent(50));
        }
        if (dice.chance(25)) {
            change.put("reordering", dice.percent(50));
            change.put("reorder-by", dice.millis(1, 500));
        }
        if (dice.chance(25)) {
            change.put("corruption", dice.percent(30));
        }
        if (dice.chance(25) || change.isEmpty()) {
            change.put("bandwidth", dice.spread(5, 1_000) + " kB/s");
        }
        ending("network", change, true);
    }

    private void rolling() {
        Map<String, Object> rolling = about(anybody());
        long down = dice.spread(100, 20_000);
        rolling.put("every", Dice.millis(down + dice.spread(100, 10_000)));
        rolling.put("down", Dice.millis(down));
        rolling.put("leave", dice.pick("true", "false"));
        ending("rolling-restart", rolling, false);
    }

    private void churn() {
        Map<String, Object> churn = about(anybody());
        churn.put("per-minute", dice.spread(1, 120) + "");
        churn.put("down", dice.millis(100, 30_000));
        ending("churn", churn, false);
    }

    private void pauses() {
        Map<String, Object> pauses = about(anybody());
        long shortest = dice.spread(1, 1_000);
        pauses.put("every", dice.millis(500, 30_000));
        pauses.put("shortest", Dice.millis(shortest));
        pauses.put("longest", Dice.millis(shortest + dice.spread(1, 10_000)));
        ending("pauses", pauses, false);
    }
}
