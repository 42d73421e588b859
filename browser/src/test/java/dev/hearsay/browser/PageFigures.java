package dev.hearsay.browser;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the pages, and asserts nothing: {@code bench/run pages [MINUTES]}. Frames a second and the first view of the lab; how soon an
 * event of the agent is on the dashboard's screen; what the dashboard's memory does while members come and go.
 */
@EnabledIfSystemProperty(named = "hearsay.measure", matches = "[0-9]+")
class PageFigures {
    private static final int FRAME_SECONDS = 8;
    private static final int CRASHES = 40;
    private static final String FRAMES = """
            const [seconds, answer] = arguments;
            const began = performance.now();
            let frames = 0, last = began, worst = 0;
            const clock = () => document.querySelector("#clock").textContent;
            const from = clock();
            function frame(at) {
              frames += 1;
              worst = Math.max(worst, at - last);
              last = at;
              if (at - began < seconds * 1000) {
                requestAnimationFrame(frame);
              } else {
                answer(`${(frames / ((at - began) / 1000)).toFixed(1)} frames/s, longest ${worst.toFixed(0)} ms, virtual time ${from} to ${clock()}`);
              }
            }
            requestAnimationFrame(frame);
            """;
    private static final String WATCH = """
            window.painted = new Map();
            window.told = [];
            const button = document.querySelector("[data-status-filter=failed]");
            new MutationObserver(() => requestAnimationFrame(() => {
              const channel = new MessageChannel();
              // A message is taken after the frame has been painted.
              channel.port1.onmessage = () => painted.has(button.dataset.count) || painted.set(button.dataset.count, Date.now());
              channel.port2.postMessage(0);
            })).observe(button, { attributes: true, childList: true, characterData: true, subtree: true });
            fetch("/v1/stream?kind=member").then(async (response) => {
              const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
              for (let rest = ""; ; ) {
                const { value, done } = await reader.read();
                if (done) return;
                const lines = (rest + value).split("\\n");
                rest = lines.pop();
                for (const line of lines.filter((l) => l.startsWith("data:"))) {
                  const { kind, at } = JSON.parse(line.slice(5));
                  if (kind === "failed") told.push(Date.parse(at));
                }
              }
            });
            """;

    @Test
    void framesAndFirstView(@TempDir Path folder) throws Exception {
        try (FileServer server = Exported.site(folder);
                Chromium browser = Chromium.start()) {
            for (int i = 0; i < 3; i++) {
                browser.open(server.page("lab.html"))
                        .until("the lab is ready", "return document.documentElement.dataset.ready === 'true'");
                say(
                        "lab, from the navigation until it can be played" + (i == 0 ? ", cold" : ""),
                        browser.run("return Math.round(performance.now()) + ' ms, at most'"));
            }
            for (int nodes : new int[] {1_000, 10_000}) {
                browser.open(server.page("docs/README.html"));
                browser.open(server.page("lab.html#protocol=push&n=" + nodes + "&fanout=2&interval=1000&latency=300"))
                        .until("the lab is ready", "return document.documentElement.dataset.ready === 'true'")
                        .click("#play")
                        .until("it runs", "return document.querySelector('#clock').textContent !== '0 ms'");
                say("lab, push among " + nodes, browser.runLong(FRAMES, FRAME_SECONDS));
            }
            browser.open(server.page("docs/README.html"));
            browser.open(server.page("lab.html#protocol=swim&n=1000&interval=1000&latency=50&do=1000:crash:17.400"))
                    .until("the lab is ready", "return document.documentElement.dataset.ready === 'true'")
                    .click("#play")
                    .until("it runs", "return document.querySelector('#clock').textContent !== '0 ms'");
            say("lab, SWIM among 1000", browser.runLong(FRAMES, FRAME_SECONDS));
        }
    }

    @Test
    void fromTheEventToTheScreen() throws Exception {
        try (ThousandMembers members = new ThousandMembers(1000);
                Chromium browser = Chromium.start()) {
            live(browser, members);
            browser.run(WATCH);
            for (int i = 1; i <= CRASHES; i++) {
                int node = 10 + i * 7;
                members.change(all -> all.crash(node));
                browser.until(
                        "failed",
                        "return document.querySelector('[data-status-filter=failed]').dataset.count === '" + i + "'");
            }
            say("dashboard with 1000 members, from the agent's event to the painted frame", browser.run("""
                            const took = told.map((at, i) => painted.get(String(i + 1)) - at).filter(Number.isFinite).sort((a, b) => a - b);
                            return `median ${took[took.length >> 1]} ms, worst ${took[took.length - 1]} ms, of ${took.length}`;
                            """));
        }
    }

    @Test
    void memory() throws Exception {
        int minutes = Integer.getInteger("hearsay.measure", 5);
        try (ThousandMembers members = new ThousandMembers(1000);
                Chromium browser = Chromium.start()) {
            live(browser, members);
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
            for (int i = 0; System.nanoTime() - end < 0; i++) {
                if (i % 30 == 0) {
                    browser.ask("HeapProfiler.collectGarbage", Map.of());
                    say(
                            "dashboard with 1000 members, after " + i + " s of coming and going",
                            String.format(
                                    Locale.ROOT,
                                    "%.2f MB",
                                    ((Number) browser.ask("Runtime.getHeapUsage", Map.of())
                                                            .get("usedSize"))
                                                    .doubleValue()
                                            / 1e6));
                }
                int node = 10 + i % 900;
                members.change(all -> {
                    all.crash(node);
                    var unusedJoin = all.restart(node).join(all.name(0));
                    for (int k = 0; k < 5; k++) {
                        var unusedEvent =
                                all.cluster(1).event("tick", "x".repeat(100).getBytes(StandardCharsets.UTF_8), false);
                    }
                });
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    private static void live(Chromium browser, ThousandMembers members) {
        browser.open(members.page())
                .until(
                        "all are there",
                        "return document.querySelector('[data-status-filter=alive]')?.dataset.count === '1000'");
    }

    private static void say(String what, Object figure) {
        System.out.println("measured: " + what + ": " + figure);
    }
}
