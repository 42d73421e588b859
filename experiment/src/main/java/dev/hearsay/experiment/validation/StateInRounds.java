package dev.hearsay.experiment.validation;

import dev.hearsay.core.state.StateConfig;
import dev.hearsay.core.state.StateConfig.Mode;
import dev.hearsay.experiment.spread.Spread;
import dev.hearsay.experiment.validation.Table.Figure;
import dev.hearsay.experiment.validation.Table.Row;
import dev.hearsay.sim.epidemic.Broadcast;
import dev.hearsay.sim.epidemic.Broadcast.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Shared state of the production code in its four modes, beside the models. */
final class StateInRounds implements Section {
    private static final int[] SIZES = {100, 1_000};
    private static final double[] LOSSES = {0, 0.10};
    private static final Duration EXCHANGE = Duration.ofMillis(200);

    /** A link of 1 ms, and 1 ms that a member waits for more news before it tells. */
    private static final double HOP_MILLIS = 2;

    /** As the model has it: whoever has the news pushes it in every round. */
    private static final StateConfig EVERY_HOP = StateConfig.DEFAULTS.with(changes -> {
        changes.mode = Mode.PUSH;
        changes.rounds = 10;
        changes.roundNanos = (long) (HOP_MILLIS * 1e6);
    });

    private static final int RUNS = 4;

    @Override
    public String name() {
        return "state";
    }

    @Override
    public String title() {
        return "The same of the production code: shared state";
    }

    @Override
    public String about() {
        return """
                Production: a write of 200 bytes at one member of a cluster, until it is visible at all; links of 1 ms, everything else by default.
                *Rounds* is the median time until the last member has it, in units of the mode's round: an exchange (200 ms here, 1 s by
                default) for PULL and PUSH_PULL, which talk to one other member each (f = 1); a hop, link and pause together 2 ms, for PUSH and
                PUSH_THEN_PULL, which tell four (f = 4). *PUSH, a round each hop* is PUSH with a round every 2 ms and 10 of them instead of one
                every 10 ms and 3: as the model has it. *Copies* are those of the value received by each member. Beside it the
                model's figures, in synchronous rounds, with the same n, f and loss. Four clusters a row.
                """;
    }

    @Override
    public String deviations() {
        return """
                * Nobody marches in step. In PULL and PUSH_PULL the exchanges are spread over the interval, and news passes through several
                  members within one: fewer rounds than the model's. An exchange moves entries in both directions in PULL as well, if both
                  sides turn out to lack something; and what a lost packet spoils, the next exchange finds.
                * Given a round each hop, production pushes as fast as the model. By default it tells four others at once, and again
                  after 10 and 20 ms: whom the first wave misses waits for the second, five hops later, and copies stay at 3 rounds
                  of 4. The model pushes until all have the news, which nobody in production can know; its copies are not comparable.
                * PUSH_THEN_PULL is no pull in the model's sense. Who has the news announces its hash in a few bytes, unasked, and who has
                  not got it fetches it: nobody needs to ask while nothing is new. The copies are the model's all the same.
                """;
    }

    @Override
    public List<Table> run(Trials trials) {
        List<Row> rows = new ArrayList<>();
        for (int members : SIZES) {
            if (trials.quick() && members > SIZES[0]) {
                continue;
            }
            for (double loss : LOSSES) {
                rows.add(row(trials, "PUSH, a round each hop", EVERY_HOP, members, loss));
                for (Mode mode : Mode.values()) {
                    rows.add(row(trials, mode.name(), defaults(mode), members, loss));
                }
            }
        }
        return List.of(new Table(
                "A write until it is visible at all members",
                "model",
                List.of("mode", "n", "loss"),
                List.of("rounds", "copies", "time, ms"),
                rows));
    }

    private static boolean exchanges(Mode mode) {
        return mode == Mode.PULL || mode == Mode.PUSH_PULL;
    }

    private static StateConfig defaults(Mode mode) {
        return StateConfig.DEFAULTS.with(changes -> {
            changes.mode = mode;
            changes.exchangeNanos = exchanges(mode) ? EXCHANGE.toNanos() : changes.exchangeNanos;
        });
    }

    private static Row row(Trials trials, String name, StateConfig config, int members, double loss) {
        // The same cost, about, whatever the size.
        int writes = trials.size(10, members > SIZES[0] ? 4 : 40);
        Spread.Figures sum = new Spread.Figures();
        trials.each(name + members + loss, RUNS, seed -> Spread.run(members, config, loss, seed, writes))
                .forEach(sum::add);
        double copies = (double) sum.received / ((double) sum.all.count() * (members - 1));
        double millis = sum.all.millis(0.5);
        double round = exchanges(config.mode()) ? EXCHANGE.toMillis() : HOP_MILLIS;
        Way way = Way.valueOf(config.mode().name());
        int fanout = exchanges(config.mode()) ? 1 : config.fanout();
        List<Broadcast.Outcome> model = trials.each(
                "model " + way + members + loss,
                trials.size(50, 400),
                seed -> Broadcast.spread(way, members, fanout, loss, seed));
        double modelRounds = mean(model, Broadcast.Outcome::rounds);
        double modelCopies = (1 - loss) * mean(model, Broadcast.Outcome::copies);
        boolean limited = config.mode() == Mode.PUSH;
        return new Row(
                List.of(name, String.format(Locale.ROOT, "%,d", members), Math.round(100 * loss) + " %"),
                List.of(
                        new Figure(millis / round, modelRounds),
                        new Figure(copies, limited ? Double.NaN : modelCopies),
                        Figure.of(millis)));
    }

    private static double mean(List<Broadcast.Outcome> all, ToDoubleFunction<Broadcast.Outcome> figure) {
        return all.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }
}
