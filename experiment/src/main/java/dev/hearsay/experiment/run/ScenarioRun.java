package dev.hearsay.experiment.run;

import dev.hearsay.core.Address;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.experiment.scenario.Expectation;
import dev.hearsay.experiment.scenario.Members;
import dev.hearsay.experiment.scenario.NetworkPlan;
import dev.hearsay.experiment.scenario.Scenario;
import dev.hearsay.experiment.scenario.Workload.Load;
import dev.hearsay.experiment.spread.Sharing;
import dev.hearsay.sim.Agreement;
import dev.hearsay.sim.InvariantViolation;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import dev.hearsay.sim.SimulationBuilder;
import dev.hearsay.sim.WireCodec;
import dev.hearsay.sim.Zones;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One run of a scenario. All invariants are checked after every input; the first that is broken ends the run, and is part of its
 * result, and so does an exception that nobody expected. Runs share nothing: as many as one likes may go on at the same time, in different threads.
 */
public final class ScenarioRun implements Simulation.Listener {
    private static final long SECOND = 1_000_000_000L;

    /** How often it is asked whether all agree, after the last fault. */
    private static final long LOOK_NANOS = SECOND / 10;

    /** How much of a stack trace is told: what is below is the same each time. */
    private static final int MOST_FRAMES = 12;

    private final Scenario scenario;
    private final long seed;
    private final Progress progress;
    private final Stage stage;
    private final EventSpread events;
    private final StateSpread state;
    private final Sampler sampler;
    private long falseFailures;
    private long falseFailuresOfWell;
    private long suspicions;
    private Optional<Double> agreement = Optional.empty();

    private ScenarioRun(Scenario scenario, long seed, Progress progress) {
        this.scenario = scenario;
        this.seed = seed;
        this.progress = progress;
        Simulation sim = builder().start();
        stage = new Stage(scenario, sim, seed);
        int members = scenario.members().count();
        events = new EventSpread(members, stage.wellness, new PushTheory(scenario)::informed);
        Optional<Load> writes = scenario.workload().state();
        state = new StateSpread(
                members,
                writes.map(Load::keys).orElse(1),
                writes.map(Load::bytes).orElse(4),
                stage.wellness);
        sampler = new Sampler(sim);
        sim.listen(this);
    }

    /** Runs it to its end. */
    public static RunResult run(Scenario scenario, long seed, Progress progress) {
        ScenarioRun run = new ScenarioRun(scenario, seed, progress);
        return run.play(scenario.duration());
    }

    /**
     * Runs it up to a moment, and shows what happens.
     *
     * @param lines gets a line for each input of the members asked for, and for each thing that the scenario does
     * @return what had come of it then; its hash is that of {@link #run} if it went to the end
     */
    public static RunResult replay(Scenario scenario, long seed, TraceOptions options, Consumer<String> lines) {
        ScenarioRun run = new ScenarioRun(scenario, seed, Progress.SILENT);
        run.stage.agenda.at(options.from().toNanos(), () -> {
            List<SimNode> shown = options.members().isEmpty()
                    ? run.stage.sim.nodes()
                    : options.members().stream().map(run.stage::node).toList();
            run.stage.sim.showTrace(shown, lines);
        });
        Duration until = options.until().compareTo(scenario.duration()) < 0 ? options.until() : scenario.duration();
        return run.play(until);
    }

    private SimulationBuilder builder() {
        Members members = scenario.members();
        NetworkPlan network = scenario.network();
        SimulationBuilder builder = Simulation.of(members.count())
                .seed(seed)
                .config(scenario.config())
                .network(network.base())
                .damage(new WireCodec())
                .delegates(node -> new Sharing(scenario.state()));
        if (!members.zones().isEmpty()) {
            Zones zones = Zones.sizes(
                    members.zones().stream().mapToInt(Members.Zone::count).toArray());
            for (NetworkPlan.Between between : network.between()) {
                zones = zones.between(
                        between.one(),
                        between.other(),
                        between.change().change().apply(network.base()));
            }
            builder.zones(zones);
        }
        return members.start() == Members.Start.TOGETHER ? builder.warm() : builder;
    }

    private RunResult play(Duration length) {
        long end = length.toNanos();
        Optional<String> violation = Optional.empty();
        try {
            begin();
            while (stage.agenda.next() <= end) {
                stage.sim.run(Duration.ofNanos(stage.agenda.next() - stage.now()));
                stage.agenda.act(stage.now());
            }
            stage.sim.run(Duration.ofNanos(end - stage.now()));
        } catch (InvariantViolation e) {
            violation = Optional.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            violation = Optional.of(unexpected(e));
        }
        return result(violation);
    }

    /** What nobody may throw, with where it comes from. */
    private String unexpected(Throwable thrown) {
        StringBuilder text = new StringBuilder("unexpected " + thrown);
        StackTraceElement[] frames = thrown.getStackTrace();
        for (int i = 0; i < Math.min(MOST_FRAMES, frames.length); i++) {
            text.append("\n    at ").append(frames[i]);
        }
        return text + "\n  at " + stage.now() / 1e9 + " s of virtual time, seed " + seed;
    }

    private void begin() {
        if (scenario.members().start() == Members.Start.JOIN) {
            stage.sim.joinAll();
        }
        everySecond(SECOND);
        new Happenings(stage, seed).schedule();
        new Work(stage, events, state, seed).schedule();
        lookForAgreement(scenario.lastFault().toNanos() + LOOK_NANOS);
    }

    private void everySecond(long at) {
        stage.agenda.at(at, () -> {
            sampler.look();
            stage.detections.look(stage.now());
            events.look(stage.now());
            state.look(stage.now());
            progress.at(
                    at / 1e9,
                    scenario.duration().toNanos() / 1e9,
                    stage.sim.totals().inputs());
            everySecond(at + SECOND);
        });
    }

    /** From the end of the last fault on, until all agree for the first time. */
    private void lookForAgreement(long at) {
        stage.agenda.at(at, () -> {
            if (Agreement.holds(stage.sim)) {
                agreement = Optional.of((stage.now() - scenario.lastFault().toNanos()) / 1e9);
            } else {
                lookForAgreement(at + LOOK_NANOS);
            }
        });
    }

    // ---- what happens

    @Override
    public void onEvent(SimNode node, Event event) {
        long now = stage.now();
        if (event instanceof Event.UserEvent news) {
            events.heard(node.index(), news, now);
        } else if (event instanceof Event.StateChanged change) {
            state.changed(node.index(), change, now);
        } else {
            stage.story.on(node.name(), event, now);
            onMembership(node, event, now);
        }
    }

    private void onMembership(SimNode node, Event event, long now) {
        if (event instanceof Event.MemberFailed failed) {
            int subject = index(failed.member().name());
            stage.detections.failed(node.index(), subject, now);
            if (stage.wellness.well(subject, now)) {
                falseFailures++;
                falseFailuresOfWell += stage.wellness.well(node.index(), now) ? 1 : 0;
            }
        } else if (event instanceof Event.MemberSuspected) {
            suspicions++;
        } else if (event instanceof Event.LeaveCompleted) {
            stage.wellness.down(node.index());
        } else if (event instanceof Event.SeedFailed) {
            stage.retry(node.index());
        }
    }

    private static int index(String name) {
        return Integer.parseInt(name.substring(1));
    }

    @Override
    public void onSent(SimNode from, Address to, Message message) {
        events.sent(message);
    }

    // ---- what came of it

    private RunResult result(Optional<String> violation) {
        double seconds = stage.now() / 1e9;
        events.end();
        state.end();
        stage.detections.look(stage.now());
        Findings findings = new Findings();
        sampler.report(findings, seconds);
        findings.put("false-failures", (double) falseFailures);
        findings.put("false-failures-well", (double) falseFailuresOfWell);
        findings.put("suspicions", (double) suspicions);
        findings.put("undetected", stage.detections.undetected(stage.now()));
        findings.spread("detection-first", stage.detections.first());
        findings.spread("detection-all", stage.detections.all());
        if (scenario.workload().events().isPresent()) {
            events.report(findings);
        }
        if (scenario.workload().state().isPresent()) {
            state.report(findings);
            findings.put("state-versions", stateVersions());
        }
        if (agreement.isPresent() && Agreement.holds(stage.sim)) {
            agreement.ifPresent(after -> findings.put("agreement", after));
        }
        return new RunResult(
                scenario.name(),
                scenario.text(),
                seed,
                String.format("%016x", stage.sim.traceHash()),
                scenario.members().count(),
                seconds,
                findings.metrics(),
                findings.samples(),
                sampler.series(),
                findings.curves(),
                stage.faults(),
                stage.story.lines(),
                "n" + scenario.members().watch(),
                verdicts(findings),
                violation);
    }

    private double stateVersions() {
        return stage.sim.nodes().stream()
                .filter(node -> node.isUp() && !node.isPaused())
                .mapToLong(node -> node.core().state().sum())
                .distinct()
                .count();
    }

    private List<Verdict> verdicts(Findings findings) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Expectation expected : scenario.expectations()) {
            Double seen = findings.metrics().get(expected.metric());
            Metric metric = Metric.find(expected.metric());
            boolean met = seen != null && expected.metBy(seen);
            String text = seen == null || metric == null
                    ? nothing(expected)
                    : metric.unit().show(seen);
            verdicts.add(new Verdict(expected.toString(), expected.line(), met, text));
        }
        return verdicts;
    }

    private String nothing(Expectation expected) {
        if (!expected.metric().equals("agreement")) {
            return "nothing was measured";
        }
        return agreement
                        .map(after -> "all agreed after " + Metric.Unit.SECONDS.show(after) + ", but not in the end")
                        .orElse("there was none to the end")
                + dissent();
    }

    /** One that counts others than there are. */
    private String dissent() {
        List<SimNode> running = stage.sim.nodes().stream()
                .filter(node -> node.isUp() && !node.isPaused())
                .toList();
        return running.stream()
                .filter(node -> node.members().live() != running.size())
                .findFirst()
                .map(node -> ": " + node.name() + " sees " + node.members().live() + " of " + running.size())
                .orElse("");
    }
}
