package dev.hearsay.web.lab;

import dev.hearsay.core.state.StateConfig;
import dev.hearsay.core.state.StateConfig.Mode;
import dev.hearsay.sim.Latency;
import dev.hearsay.sim.Network;
import dev.hearsay.sim.spread.CentralServer;
import dev.hearsay.sim.spread.EntrySpread;
import dev.hearsay.sim.spread.SpreadListener;
import dev.hearsay.sim.spread.SpreadRun;
import dev.hearsay.sim.spread.SpreadTotals;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A rumor that spreads, by gossip or from a central server. */
final class SpreadModel implements Model, SpreadListener {
    /** Nobody watches a run for longer without anything happening. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Instead of exchanges that never come: so long is no run. */
    private static final long NEVER_NANOS = Duration.ofDays(365).toNanos();

    private static final int ENTRY = 0;
    private static final int TALK = 1;
    private static final int ACK = 3;
    private static final int FROM_SERVER = 7;

    private final LabSettings settings;
    private final Records records;
    private final SpreadRun run;

    SpreadModel(LabSettings settings, Records records) {
        this.settings = settings;
        this.records = records;
        run = settings.protocol() == Protocol.BROADCAST ? server() : gossip();
    }

    private SpreadRun gossip() {
        Protocol protocol = settings.protocol();
        Duration interval = Duration.ofMillis(settings.whole("interval"));
        long exchange = protocol.pushes() ? settings.whole("exchange") * 1_000_000L : interval.toNanos();
        StateConfig state = StateConfig.DEFAULTS.with(to -> {
            to.mode = mode(protocol);
            to.fanout = settings.whole("fanout");
            to.rounds = settings.whole("rounds");
            to.roundNanos = interval.toNanos();
            to.exchangeNanos = exchange == 0 ? NEVER_NANOS : exchange;
        });
        return EntrySpread.of(settings.nodes())
                .seed(settings.whole("seed"))
                .state(state)
                .forwardDelay(interval)
                .network(new Network(latency(settings), settings.loss(), 0))
                .entryBytes(settings.whole("bytes"))
                .start(this);
    }

    private SpreadRun server() {
        return CentralServer.start(
                new CentralServer.Settings(
                        settings.nodes(),
                        settings.whole("seed"),
                        latency(settings),
                        settings.loss(),
                        Duration.ofMillis(settings.whole("uplink")),
                        Duration.ofMillis(settings.whole("interval")),
                        settings.whole("bytes")),
                this);
    }

    private static Mode mode(Protocol protocol) {
        return switch (protocol) {
            case PULL -> Mode.PULL;
            case PUSH_PULL -> Mode.PUSH_PULL;
            case PUSH_THEN_PULL -> Mode.PUSH_THEN_PULL;
            default -> Mode.PUSH;
        };
    }

    /** Evenly spread from half to one and a half times the mean. */
    static Latency latency(LabSettings settings) {
        long micros = settings.whole("latency") * 1000L;
        return Latency.uniform(Duration.ofNanos(micros * 500), Duration.ofNanos(micros * 1500));
    }

    // ---- what happens

    @Override
    public void onPacket(int from, int to, double now, double arrives, boolean entry) {
        boolean gossip = settings.protocol() != Protocol.BROADCAST;
        int type = entry ? (gossip ? ENTRY : FROM_SERVER) : gossip ? TALK : ACK;
        records.packet(now, from, to, arrives, type);
    }

    @Override
    public void onEntry(int node, double now, Standing standing, int source) {
        records.rumor(now, node, standing.ordinal(), source);
    }

    @Override
    public void onProcess(int node, double now, ProcessState state) {
        records.process(now, node, state.ordinal());
    }

    // ---- the run

    @Override
    public boolean advance(double until, int mostRecords) {
        while (records.count() < mostRecords) {
            if (!run.step(until)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public double now() {
        return run.now();
    }

    @Override
    public void act(LabAction action) {
        switch (action.deed()) {
            case CRASH -> action.nodes().forEach(run::crash);
            case RESTART -> action.nodes().forEach(run::restart);
            case PAUSE -> action.nodes().forEach(run::pause);
            case RESUME -> action.nodes().forEach(run::resume);
            case PARTITION ->
                run.partition(
                        action.nodes().stream().mapToInt(Integer::intValue).toArray());
            case HEAL -> run.heal();
            case LOSS -> run.loss(action.value() / 100);
        }
    }

    @Override
    public long hash() {
        return run.traceHash();
    }

    @Override
    public Map<String, Object> totals() {
        SpreadTotals all = run.totals();
        Map<String, Object> totals = new LinkedHashMap<>();
        totals.put("inputs", all.inputs());
        totals.put("packets", all.packets());
        totals.put("bytes", all.bytes());
        totals.put("lost", all.lost());
        totals.put("missed", all.missed());
        totals.put("overflowed", all.overflowed());
        totals.put("copies", all.copies());
        totals.put("informed", all.informed());
        totals.put("running", all.running());
        return totals;
    }

    @Override
    public double[] theory() {
        return Expected.curve(settings);
    }

    @Override
    public boolean done() {
        return run.settled(PATIENCE);
    }

    @Override
    public byte[] view(int node) {
        throw new IllegalStateException("view: with protocol " + settings.protocol().text
                + " nobody believes anything of others: only with swim");
    }
}
