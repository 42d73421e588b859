package dev.hearsay.experiment.scenario;

import dev.hearsay.experiment.scenario.Fault.Action;
import dev.hearsay.experiment.scenario.Fault.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the list of faults: each item has a time, perhaps a duration, and one action. */
final class Faults {
    /** Most beginnings of faults in a scenario, repetitions counted. */
    static final int MOST = 10_000;

    /** What an item may do, by its key; each reads what stands behind that key in the item. */
    private static final Map<String, Reader> ACTIONS = actions();

    private final Section item;
    private final Members members;

    private Faults(Section item, Members members) {
        this.item = item;
        this.members = members;
    }

    /** Reads one action. */
    private interface Reader {
        Action read(Faults at, String key);
    }

    static List<Fault> read(List<Section> items, Members members, Duration duration) {
        List<Fault> faults = new ArrayList<>();
        for (Section item : items) {
            new Faults(item, members).read(duration, faults);
        }
        return List.copyOf(faults);
    }

    private void read(Duration duration, List<Fault> faults) {
        When when = when(duration);
        List<String> asked = new ArrayList<>();
        ACTIONS.forEach((key, reader) -> {
            if (item.has(key)) {
                asked.add(key);
                if (asked.size() == 1) {
                    faults.add(new Fault(item.line(), when, reader.read(this, key), key + text(key)));
                }
            }
        });
        if (asked.size() != 1) {
            String found = asked.isEmpty() ? "there is none" : "there are " + String.join(" and ", asked);
            item.problem(
                    "",
                    "must have exactly one action, but " + found + "; actions are "
                            + String.join(", ", ACTIONS.keySet()));
        }
        item.end();
    }

    /** What stands behind the action, in one line. */
    private String text(String key) {
        return " " + Yamls.oneLine(item.node(key));
    }

    private When when(Duration duration) {
        Duration at = item.required("at", Duration.ZERO, Quantity.DURATION);
        Duration lasting = item.value("for", Duration.ZERO, Quantity.SOME_TIME);
        Duration every = item.value("every", Duration.ZERO, Quantity.SOME_TIME);
        int times = item.value("times", 1, Quantity.count(1, MOST));
        if (item.has("every") != item.has("times")) {
            item.problem(item.has("every") ? "every" : "times", "'every' and 'times' belong together");
        } else if (item.has("every") && every.compareTo(lasting) <= 0) {
            item.problem("every", "must be longer than 'for', " + show(lasting));
        }
        When when = new When(at, lasting, every, item.has("every") ? times : 1);
        if (when.last().minus(lasting).compareTo(duration) >= 0) {
            item.problem("at", "never happens, or not each time: the scenario ends at " + show(duration));
        }
        return when;
    }

    /** A duration as scenario files have it. */
    static String show(Duration time) {
        long millis = time.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = time.toSeconds();
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static Map<String, Reader> actions() {
        Map<String, Reader> actions = new LinkedHashMap<>();
        actions.put("crash", (at, key) -> new Fault.Crash(at.who(key)));
        actions.put("power-off", (at, key) -> new Fault.PowerOff(at.who(key)));
        actions.put("restart", (at, key) -> new Fault.Restart(at.who(key), false));
        actions.put("restart-elsewhere", (at, key) -> new Fault.Restart(at.who(key), true));
        actions.put("leave", (at, key) -> new Fault.Leave(at.who(key)));
        actions.put("pause", (at, key) -> new Fault.Pause(at.who(key)));
        actions.put("block", (at, key) -> new Fault.Block(at.who(key)));
        actions.put("partition", Faults::partition);
        actions.put("cut", Faults::cut);
        actions.put("degrade", Faults::degrade);
        actions.put("break-streams", (at, key) -> new Fault.BreakStreams(at.who(key)));
        actions.put("slow", Faults::slow);
        actions.put("drift", Faults::drift);
        actions.put("network", Faults::network);
        actions.put("rolling-restart", Faults::rolling);
        actions.put("churn", Faults::churn);
        actions.put("pauses", Faults::pauses);
        return actions;
    }

    /** What an item may do. */
    static Set<String> keys() {
        return ACTIONS.keySet();
    }

    private Who who(String key) {
        return Whos.one(item, key, members);
    }

    private Action partition(String key) {
        Section sides = item.section(key);
        Who between = Whos.one(sides, "between", members);
        Who and = Whos.read(sides, "and", REST, members);
        sides.end();
        return new Fault.Partition(between, and);
    }

    private Action cut(String key) {
        Section sides = item.section(key);
        Who from = Whos.read(sides, "from", REST, members);
        Who to = Whos.read(sides, "to", REST, members);
        if (from.isRest() && to.isRest()) {
            sides.problem("", "one of 'from' and 'to' must name somebody");
        }
        sides.end();
        return new Fault.Cut(from, to);
    }

    private static final Who REST = new Who("rest", List.of(new Who.Rest()));

    private Action degrade(String key) {
        Section section = item.section(key);
        Who who = Whos.one(section, "who", members);
        double in = section.value("in", 0.0, Quantity.SHARE_OF);
        double out = section.value("out", 0.0, Quantity.SHARE_OF);
        if (in == 0 && out == 0) {
            section.problem("", "'in' or 'out' must be above 0 %");
        }
        section.end();
        return new Fault.Degrade(who, in, out);
    }

    private Action slow(String key) {
        Section section = item.section(key);
        Who who = Whos.one(section, "who", members);
        Duration by = section.required("by", Duration.ofMillis(1), Quantity.SOME_TIME);
        section.end();
        return new Fault.Slow(who, by);
    }

    private Action drift(String key) {
        Section section = item.section(key);
        Who who = Whos.one(section, "who", members);
        double by = section.required(
                "by",
                1.0,
                Quantity.PARTS_PER_MILLION.where(
                        "must be a deviation of at most 50 %, such as 200 ppm or -1 %",
                        ppm -> Math.abs(ppm) <= 500_000));
        section.end();
        return new Fault.Drift(who, by);
    }

    private Action network(String key) {
        Section section = item.section(key);
        NetworkPlan.Change change = Networks.change(section);
        if (section.keys().isEmpty()) {
            section.problem("", "says nothing: must have loss, latency or another property of the network");
        }
        section.end();
        return new Fault.Weather(change);
    }

    private Action rolling(String key) {
        Section section = item.section(key);
        Who who = Whos.read(section, "who", Who.ALL, members);
        Duration every = section.required("every", Duration.ofSeconds(10), Quantity.SOME_TIME);
        Duration down = section.value("down", Duration.ofSeconds(3), Quantity.SOME_TIME);
        boolean leave = section.value("leave", true, Quantity.YES_NO);
        needsEnd(key);
        section.end();
        return new Fault.Rolling(who, every, down, leave);
    }

    private Action churn(String key) {
        Section section = item.section(key);
        Who who = Whos.read(section, "who", Who.ALL, members);
        int perMinute = section.required("per-minute", 1, Quantity.count(1, 100_000));
        Duration down = section.value("down", Duration.ofSeconds(30), Quantity.SOME_TIME);
        needsEnd(key);
        section.end();
        return new Fault.Churn(who, perMinute, down);
    }

    private Action pauses(String key) {
        Section section = item.section(key);
        Who who = Whos.read(section, "who", Who.ALL, members);
        Duration every = section.required("every", Duration.ofSeconds(15), Quantity.SOME_TIME);
        Duration shortest = section.required("shortest", Duration.ofMillis(50), Quantity.SOME_TIME);
        Duration longest = section.required("longest", Duration.ofSeconds(2), Quantity.SOME_TIME);
        if (longest.compareTo(shortest) < 0) {
            section.problem("longest", "must not be below 'shortest', " + show(shortest));
        }
        needsEnd(key);
        section.end();
        return new Fault.Pauses(who, every, shortest, longest);
    }

    private void needsEnd(String key) {
        if (!item.has("for")) {
            item.problem(key, "needs 'for': how long it goes on");
        }
    }
}
