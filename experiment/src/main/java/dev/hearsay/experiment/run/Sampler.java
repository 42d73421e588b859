package dev.hearsay.experiment.run;

import dev.hearsay.core.Vitals;
import dev.hearsay.experiment.run.Metric.Unit;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at all members once a virtual second: how many there are, what they send, what waits. */
final class Sampler {
    private final Simulation sim;
    private final long[] bytesBefore;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final List<Double> times = new ArrayList<>();
    private long packetsBefore;
    private long lostBefore;
    private double peakBytes;
    private double peakQueue;
    private double peakHealth;

    /** One series that grows. */
    private record Line(Unit unit, String meaning, List<Double> values) {}

    Sampler(Simulation sim) {
        this.sim = sim;
        this.bytesBefore = new long[sim.nodes().size()];
        line("members-up", Unit.COUNT, "members whose process runs");
        line("members-believed", Unit.COUNT, "live members that a member knows, on average");
        line("suspicions", Unit.COUNT, "members that a member suspects, on average");
        line("bytes-mean", Unit.BYTES_PER_SECOND, "UDP payload that a member sends, on average");
        line("bytes-busiest", Unit.BYTES_PER_SECOND, "UDP payload that the busiest member of each second sends");
        line("packets-mean", Unit.PER_SECOND, "packets that a member sends, on average");
        line("packets-lost", Unit.SHARE, "packets that the network lost");
        line("queue-mean", Unit.COUNT, "updates that wait at a member to be spread, on average");
        line("queue-worst", Unit.COUNT, "updates that wait at the member where most do");
        line("health-worst", Unit.COUNT, "health score of the member that is worst off (Lifeguard); 0 is healthy");
    }

    private void line(String name, Unit unit, String meaning) {
        lines.put(name, new Line(unit, meaning, new ArrayList<>()));
    }

    private void add(String name, double value) {
        Line line = lines.get(name);
        if (line == null) {
            throw new IllegalStateException(name);
        }
        line.values.add(value);
    }

    /** A second has passed. */
    void look() {
        times.add(sim.now().toNanos() / 1e9);
        double bytes = 0;
        double busiest = 0;
        for (SimNode node : sim.nodes()) {
            double sent = node.bytesSent() - bytesBefore[node.index()];
            bytesBefore[node.index()] = node.bytesSent();
            bytes += sent;
            busiest = Math.max(busiest, sent);
        }
        int members = sim.nodes().size();
        add("bytes-mean", bytes / members);
        add("bytes-busiest", busiest);
        peakBytes = Math.max(peakBytes, busiest);
        long packets = sim.totals().packets() - packetsBefore;
        long lost = sim.totals().packetsLost() - lostBefore;
        packetsBefore += packets;
        lostBefore += lost;
        add("packets-mean", (double) packets / members);
        add("packets-lost", packets == 0 ? 0 : (double) lost / packets);
        lookInside();
    }

    private void lookInside() {
        int up = 0;
        double believed = 0;
        double suspicions = 0;
        double queue = 0;
        int worstQueue = 0;
        int worstHealth = 0;
        for (SimNode node : sim.nodes()) {
            if (!node.isUp()) {
                continue;
            }
            up++;
            Vitals vitals = node.core().vitals();
            believed += node.members().live();
            suspicions += vitals.suspicions();
            queue += vitals.queuedUpdates();
            worstQueue = Math.max(worstQueue, vitals.queuedUpdates());
            worstHealth = Math.max(worstHealth, vitals.health());
        }
        int among = Math.max(1, up);
        add("members-up", up);
        add("members-believed", believed / among);
        add("suspicions", suspicions / among);
        add("queue-mean", queue / among);
        add("queue-worst", worstQueue);
        add("health-worst", worstHealth);
        peakQueue = Math.max(peakQueue, worstQueue);
        peakHealth = Math.max(peakHealth, worstHealth);
    }

    Map<String, Series> series() {
        Map<String, Series> series = new LinkedHashMap<>();
        lines.forEach((name, line) -> series.put(name, new Series(line.unit, line.meaning, times, line.values)));
        return series;
    }

    /** Puts what was measured into a result, after so many seconds. */
    void report(Findings findings, double seconds) {
        int members = sim.nodes().size();
        double time = Math.max(seconds, 1e-9);
        double busiest =
                sim.nodes().stream().mapToDouble(SimNode::bytesSent).max().orElse(0);
        findings.put("bytes", sim.totals().bytes() / time / members);
        findings.put("bytes-busiest", busiest / time);
        findings.put("bytes-peak", peakBytes);
        findings.put("packets", sim.totals().packets() / time / members);
        if (sim.totals().packets() > 0) {
            findings.put(
                    "packets-lost",
                    (double) sim.totals().packetsLost() / sim.totals().packets());
        }
        findings.put("queue-peak", peakQueue);
        findings.put("health-peak", peakHealth);
        findings.put("inputs", (double) sim.totals().inputs());
    }
}
