package dev.hearsay.web.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.web.EngineScript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same settings, seed and actions do the same in a browser as on a JVM: each record, all totals, the trace hash, and what is said of links and scenarios. */
class SameInJavaScriptTest {
    private static final List<String> LINKS = List.of(
            "protocol=push&n=300&loss=10&seed=3&do=300:crash:5-20,450:pause:30.31,700:resume:30,900:restart:5-9",
            "protocol=push&n=200&exchange=0&fanout=2&rounds=1&seed=4",
            "protocol=pull&n=100&loss=5&seed=5&do=500:partition:0-49,1800:heal",
            "protocol=push-pull&n=100&loss=5&seed=6&do=400:loss:50,900:loss:0",
            "protocol=push-then-pull&n=400&fanout=4&bytes=1000&seed=7&do=400:crash:0",
            "protocol=broadcast&n=60&loss=20&seed=8&do=300:crash:0,400:restart:0",
            "protocol=swim&n=40&interval=300&loss=5&seed=9&do=500:crash:3-5,900:pause:7,2200:resume:7,2500:restart:4,3000:partition:0-9,5000:heal",
            "protocol=swim&n=30&guards=3&seed=10&do=500:crash:3",
            "protocol=sing&n=3.5&do=1:fly:2");

    private static final int MILLIS = 6000;

    @Test
    void runs_links_and_scenarios_are_the_same() throws IOException, InterruptedException {
        StringBuilder program = new StringBuilder("""
                function sum(all) { let sum = 0; for (const each of all) { sum = (sum * 31 + Math.round(each * 1000)) %% 1000000007; } return sum; }
                function story(link) {
                  const { settings, actions, problems } = JSON.parse(engine.parse(link));
                  const run = engine.create(JSON.stringify(settings));
                  actions.forEach(each => run.act(JSON.stringify(each)));
                  let records = 0, total = 0;
                  for (let ms = 0; ms <= %d; ms += 500) {
                    const some = run.advance(ms, 1000000);
                    if (!(some instanceof Float64Array)) { throw new Error("no Float64Array"); }
                    records += some.length / 6;
                    total = (total * 31 + sum(some)) %% 1000000007;
                  }
                  let view = "none";
                  try { view = sum(run.view(1)); } catch (e) { view = e.message; }
                  return [run.hash(), records, total, run.totals(), run.now(), run.done(), view, run.theory().length, problems.join("; "),
                    engine.link(JSON.stringify(settings), JSON.stringify(actions))].join(" | ");
                }
                console.log(engine.schema());
                """.formatted(MILLIS));
        List<String> expected = new ArrayList<>(List.of(Lab.schema()));
        for (String link : LINKS) {
            program.append("console.log(story('").append(link).append("'));\n");
            expected.add(story(link));
        }
        program.append(
                "try { engine.create('{\"n\":1}'); } catch (e) { console.log(e instanceof Error, e.message); }\n");
        expected.add("true n '1': must be a whole number, 2 to 100000, with protocol push");
        program.append("console.log(engine.scenario('{}', '[{\"at\":1.5,\"do\":\"pause\",\"nodes\":[3,4,5]}]'));\n");
        expected.add(Lab.scenario("{}", "[{\"at\":1.5,\"do\":\"pause\",\"nodes\":[3,4,5]}]")
                .trim());
        assertEquals(String.join("\n", expected), EngineScript.run(program.toString()));
    }

    private static String story(String link) {
        LabLink.Parsed parsed = LabLink.parse(link);
        Run run = new Run(parsed.settings());
        parsed.actions().forEach(each -> run.act(Json.of(each.toMap())));
        long records = 0;
        long total = 0;
        for (int ms = 0; ms <= MILLIS; ms += 500) {
            double[] some = run.advance(ms, 1_000_000);
            records += some.length / Records.STRIDE;
            total = (total * 31 + sum(some)) % 1_000_000_007;
        }
        String view;
        try {
            byte[] all = run.view(1);
            double[] numbers = new double[all.length];
            for (int i = 0; i < all.length; i++) {
                numbers[i] = all[i];
            }
            view = Long.toString(sum(numbers));
        } catch (IllegalStateException e) {
            view = e.getMessage();
        }
        return String.join(
                " | ",
                run.hash(),
                Long.toString(records),
                Long.toString(total),
                run.totals(),
                Numbers.text(run.now()),
                Boolean.toString(run.done()),
                view,
                Integer.toString(run.theory().length),
                String.join("; ", parsed.problems()),
                LabLink.of(parsed.settings(), parsed.actions()));
    }

    private static long sum(double[] all) {
        long sum = 0;
        for (double each : all) {
            sum = (sum * 31 + Math.round(each * 1000)) % 1_000_000_007;
        }
        return sum;
    }
}
