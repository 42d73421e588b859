package dev.hearsay.web.lab;

import dev.hearsay.web.lab.LabAction.Deed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A run of the lab as a scenario file for {@code hearsay sim run}: the same settings, with whole nodes. As these have more to say to each other, and chance falls
 * otherwise, it is the same experiment and not the same run.
 */
final class LabScenario {
    /** Most members of a scenario. */
    static final int MOST_MEMBERS = 50_000;

    /** Least bytes of a write of a scenario. */
    private static final int LEAST_BYTES = 4;

    private static final double REST_MILLIS = 60_000;

    private final LabSettings settings;
    private final List<LabAction> actions;
    private final StringBuilder text = new StringBuilder();
    private final List<String> faults = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    /** When the processes stopped that stand still, by node. */
    private final Map<Integer, Double> paused = new TreeMap<>();

    private final boolean[] down;

    private LabScenario(LabSettings settings, List<LabAction> actions) {
        this.settings = settings;
        this.actions = new ArrayList<>(actions);
        this.actions.sort((one, other) -> Double.compare(one.at(), other.at()));
        down = new boolean[settings.nodes()];
    }

    /**
     * The text of the file.
     *
     * @throws IllegalArgumentException if no scenario can say it
     */
    static String of(LabSettings settings, List<LabAction> actions) {
        if (settings.protocol() == Protocol.BROADCAST) {
            throw new IllegalArgumentException(
                    "protocol 'broadcast': a central server is no part of Hearsay, so no scenario can have it");
        }
        if (settings.nodes() > MOST_MEMBERS) {
            throw new IllegalArgumentException(
                    "n '" + settings.nodes() + "': a scenario has at most " + MOST_MEMBERS + " members");
        }
        actions.forEach(action -> action.check(settings.nodes()));
        LabScenario scenario = new LabScenario(settings, actions);
        scenario.write();
        return scenario.text.toString();
    }

    private void write() {
        faults();
        double last = actions.isEmpty() ? 0 : actions.get(actions.size() - 1).at();
        line("# From the lab: #" + LabLink.of(settings, actions));
        line("# Whole nodes instead of the lab's: the same experiment, not the same run.");
        leftOut.forEach(each -> line("# Left out: " + each));
        line("name: lab-" + settings.protocol().text);
        line("seed: " + settings.whole("seed"));
        line("duration: " + millis(Math.ceil(last) + REST_MILLIS));
        line("cluster: {members: " + settings.nodes() + "}");
        line("config:");
        if (settings.protocol() == Protocol.SWIM) {
            swim();
        } else {
            rumor();
        }
        double latency = settings.number("latency");
        line("network: {latency: " + millis(latency / 2) + ".." + millis(latency * 1.5) + ", loss: "
                + Numbers.text(settings.number("loss")) + " %}");
        if (settings.protocol().gossips()) {
            int bytes = Math.max(LEAST_BYTES, settings.whole("bytes"));
            line("workload:");
            line("  state: {every: 1h, keys: 1, bytes: " + bytes + ", from: n0, start: 0, until: 0}");
        }
        if (!faults.isEmpty()) {
            line("faults:");
            faults.forEach(this::line);
        }
    }

    private void swim() {
        double period = settings.number("interval");
        line("  protocolPeriod: " + millis(period));
        line("  probeTimeout: " + millis(period / 2));
        line("  probeTimeoutFloor: " + millis(period / 10));
        line("  goneTimeout: " + millis(period / 2));
        line("  gossipInterval: " + millis(period / 5));
        line("  gossipFanout: " + settings.whole("fanout"));
        line("  gossipToTheDead: " + millis(period * 30));
        line("  pushPullInterval: " + millis(period * 30));
        line("  reconnectInterval: " + millis(period * 30));
        line("  streamTimeout: " + millis(period * 10));
        line("  guards: " + settings.whole("guards"));
    }

    private void rumor() {
        Protocol protocol = settings.protocol();
        String interval = millis(settings.number("interval"));
        double exchange = settings.number("exchange");
        String never = "365d";
        line("  forwardDelay: " + interval);
        line("  state:");
        line("    mode: " + protocol.text);
        line("    fanout: " + settings.whole("fanout"));
        line("    rounds: " + settings.whole("rounds"));
        line("    round: " + interval);
        line("    exchange: " + (!protocol.pushes() ? interval : exchange == 0 ? never : millis(exchange)));
    }

    // ---- actions

    /** One after the other, as the lab does them: what cannot be done is left out, and a pause ends with what ends it. */
    private void faults() {
        for (int i = 0; i < actions.size(); i++) {
            LabAction action = actions.get(i);
            switch (action.deed()) {
                case CRASH, RESTART, PAUSE, RESUME -> processes(action);
                case PARTITION ->
                    fault(action.at(), untilHealed(i), "partition: {between: " + members(action.nodes()) + "}");
                case HEAL -> {
                    // The partitions that it ends say so themselves.
                }
                case LOSS -> fault(action.at(), -1, "network: {loss: " + Numbers.text(action.value()) + " %}");
            }
        }
        new ArrayList<>(paused.keySet()).forEach(node -> endPause(node, -1));
    }

    private double untilHealed(int from) {
        for (LabAction action : actions.subList(from, actions.size())) {
            if (action.deed() == Deed.HEAL) {
                return action.at();
            }
        }
        return -1;
    }

    private void processes(LabAction action) {
        List<Integer> can = new ArrayList<>();
        for (int node : action.nodes()) {
            boolean fits = switch (action.deed()) {
                case RESTART -> down[node];
                case RESUME -> paused.containsKey(node);
                case PAUSE -> !down[node] && !paused.containsKey(node);
                default -> !down[node];
            };
            if (fits && !can.contains(node)) {
                can.add(node);
            } else if (leftOut.size() < Run.MOST_REFUSED) {
                leftOut.add(
                        action.deed().text + " of n" + node + " at " + millis(action.at()) + ", which cannot be done");
            }
        }
        for (int node : can) {
            if (action.deed() == Deed.PAUSE) {
                paused.put(node, action.at());
            } else if (paused.containsKey(node)) {
                endPause(node, action.at());
            }
            down[node] = action.deed() == Deed.CRASH || (down[node] && action.deed() != Deed.RESTART);
        }
        if (!can.isEmpty() && (action.deed() == Deed.CRASH || action.deed() == Deed.RESTART)) {
            fault(action.at(), -1, action.deed().text + ": " + members(can));
        }
    }

    private void endPause(int node, double at) {
        double since = Objects.requireNonNull(paused.remove(node));
        if (at != since) {
            fault(since, at, "pause: n" + node);
        }
    }

    private void fault(double at, double until, String what) {
        String lasting = until > at ? ", for: " + millis(until - at) : "";
        faults.add("  - {at: " + millis(at) + lasting + ", " + what + "}");
    }

    private static String members(List<Integer> nodes) {
        return "[n" + LabLink.ranges(nodes, "..n", ", n") + "]";
    }

    private static String millis(double millis) {
        return millis == 0 ? "0" : Numbers.text(millis) + "ms";
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
