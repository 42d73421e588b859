package dev.hearsay.experiment.validation;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.experiment.spread.Delays;
import dev.hearsay.experiment.validation.Table.Figure;
import dev.hearsay.experiment.validation.Table.Row;
import dev.hearsay.sim.Network;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import dev.hearsay.sim.epidemic.Theory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** User events of the production code, beside Pittel's rounds. */
final class EventsInRounds implements Section {
    private static final int[] SIZES = {100, 1_000};
    private static final double[] LOSSES = {0, 0.10, 0.25};

    /** Until gossip has told what it will: the last members may wait for a push/pull, minutes away. */
    private static final Duration REST = Duration.ofSeconds(4);

    @Override
    public String name() {
        return "events";
    }

    @Override
    public String title() {
        return "The same of the production code: user events";
    }

    @Override
    public String about() {
        return """
                Production, whole agents but for the sockets: a user event fired by one member, LAN preset, links of 1 ms. *Rounds* is the
                median time until the last member has heard it, in gossip intervals of 200 ms, with the interval's rounds only
                (`forwardDelay` 0, as in memberlist), beside Pittel's formula for a fan-out of 3. *At once* is the same time as it is by default,
                when what is new is also forwarded at once. *Copies* are those that reach a member within 4 s, and *missed* the share of
                members that gossip does not reach: they hear of it in a push/pull.
                """;
    }

    @Override
    public String deviations() {
        return """
                * Members do not march in step. Each has a phase of its own within the interval, and an event that comes is passed on after half
                  an interval on average, not a whole one: between half and two thirds of Pittel's rounds.
                * A member sends an event 4 ⌈log10(n + 1)⌉ times and then no more. So copies stay bounded, e^-copies is what gossip misses
                  (Demers' law s = e^-m), and with these limits it is nothing that would show here.
                * At once: the origin mails the event straight to 32 members, and whoever hears of it forwards it after 1 ms, so that a hop takes
                  2 ms instead of a part of 200. The number of copies stays about the same: those sent at once are taken from the limit.
                """;
    }

    /** One cluster: until all have heard, of each event, and copies and misses for each member. */
    private record Heard(Delays all, long copies, long missed, long pairs) {}

    @Override
    public List<Table> run(Trials trials) {
        List<Row> rows = new ArrayList<>();
        for (int members : SIZES) {
            for (double loss : LOSSES) {
                if (!trials.quick() || members < 1_000) {
                    rows.add(row(trials, members, loss));
                }
            }
        }
        return List.of(new Table(
                "A user event until all have heard it",
                "theory",
                List.of("n", "loss"),
                List.of("rounds", "copies", "missed", "at once, ms", "copies at once"),
                rows));
    }

    private static Row row(Trials trials, int members, double loss) {
        Config rounds = Config.lan().toBuilder().forwardDelay(Duration.ZERO).build();
        Heard paced = measure(trials, members, loss, rounds);
        Heard atOnce = measure(trials, members, loss, Config.lan());
        double interval = rounds.gossipIntervalNanos() / 1e6;
        return new Row(
                List.of(String.format(Locale.ROOT, "%,d", members), Math.round(100 * loss) + " %"),
                List.of(
                        new Figure(
                                paced.all.millis(0.5) / interval,
                                Theory.pushRounds(members, rounds.gossipFanout(), loss)),
                        Figure.of((double) paced.copies / paced.pairs),
                        Figure.of((double) paced.missed / paced.pairs),
                        Figure.of(atOnce.all.millis(0.5)),
                        Figure.of((double) atOnce.copies / atOnce.pairs)));
    }

    private static Heard measure(Trials trials, int members, double loss, Config config) {
        // The same cost, about, whatever the size.
        int events = trials.size(5, members > SIZES[0] ? 5 : 20);
        List<Heard> each =
                trials.each("events " + members + " " + loss, 4, seed -> cluster(members, loss, config, events, seed));
        Delays all = new Delays();
        each.forEach(heard -> all.addAll(heard.all));
        return new Heard(
                all,
                each.stream().mapToLong(Heard::copies).sum(),
                each.stream().mapToLong(Heard::missed).sum(),
                each.stream().mapToLong(Heard::pairs).sum());
    }

    private static Heard cluster(int members, double loss, Config config, int events, long seed) {
        Simulation sim = Simulation.of(members)
                .seed(seed)
                .config(config)
                .network(Network.fixed(Duration.ofMillis(1)).withLoss(loss))
                .warm()
                .unchecked()
                .start();
        long[] last = new long[2];
        sim.listen(new Simulation.Listener() {
            @Override
            public void onEvent(SimNode node, Event event) {
                if (event instanceof Event.UserEvent) {
                    last[0] = sim.now().toNanos();
                    last[1]++;
                }
            }
        });
        Delays all = new Delays();
        long missed = 0;
        long before = copies(sim);
        for (int i = 0; i < events; i++) {
            String name = "event-" + i;
            long began = sim.now().toNanos();
            last[1] = 0;
            sim.command(
                    (int) Long.remainderUnsigned(seed + 7L * i, members),
                    "fire " + name,
                    (core, now, out) -> core.fire(name, Bytes.EMPTY, false, now, out));
            sim.run(REST);
            missed += members - last[1];
            all.add(last[1] == members ? last[0] - began : REST.toNanos());
        }
        long pairs = (long) events * (members - 1);
        return new Heard(all, copies(sim) - before - events, missed, pairs);
    }

    /** User events that came, each copy, the members' own included. */
    private static long copies(Simulation sim) {
        return sim.nodes().stream()
                .mapToLong(node -> node.core().counters().get(Counter.USER_EVENTS)
                        + node.core().counters().get(Counter.USER_EVENTS_REPEATED))
                .sum();
    }
}
