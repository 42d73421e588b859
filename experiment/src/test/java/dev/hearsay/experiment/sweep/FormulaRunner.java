package dev.hearsay.experiment.sweep;

import dev.hearsay.experiment.run.RunResult;
import dev.hearsay.experiment.run.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A runner whose results are a formula of parameters and seed: {@code loss} raises a latency, {@code break} breaks an invariant. */
final class FormulaRunner implements Runner {
    static final String TEXT = "name: formula\nloss: 0\n";

    final AtomicInteger runs = new AtomicInteger();

    @Override
    public void check(Map<String, String> parameters) throws SweepException {
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            if (parameter.getKey().equals("loss") && Integer.parseInt(parameter.getValue()) > 100) {
                throw new SweepException("formula:2: loss: " + parameter.getValue() + " must be at most 100");
            }
        }
        if ("3".equals(parameters.get("a")) && "3".equals(parameters.get("b"))) {
            throw new SweepException("formula:1: a and b must differ");
        }
    }

    @Override
    public RunResult run(Map<String, String> parameters, long seed) {
        runs.incrementAndGet();
        double loss = Double.parseDouble(parameters.getOrDefault("loss", "0"));
        if (loss == 99) {
            throw new IllegalStateException("cannot run\nat all");
        }
        Random random = new Random(seed * 1_000 + (long) loss);
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("detection-all.p99", 5 + loss / 10 + random.nextGaussian());
        metrics.put("false-failures", (double) random.nextInt(3));
        metrics.put("agreement", seed % 2 == 0 ? 1.5 : Double.NaN);
        boolean met = metrics.get("detection-all.p99") < 8;
        return new RunResult(
                "formula",
                TEXT,
                seed,
                Long.toHexString(random.nextLong()),
                10,
                60,
                metrics,
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                "n0",
                List.of(new Verdict("detection-all.p99: at most 8s", 2, met, metrics.get("detection-all.p99") + " s")),
                parameters.containsKey("break") && seed == 2
                        ? Optional.of("an invariant\nand what led to it")
                        : Optional.empty());
    }
}
