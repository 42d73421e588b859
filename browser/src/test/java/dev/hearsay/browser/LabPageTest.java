package dev.hearsay.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.experiment.scenario.Scenario;
import dev.hearsay.experiment.scenario.ScenarioFile;
import dev.hearsay.web.lab.Lab;
import dev.hearsay.web.lab.Run;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lab, as {@code hearsay lab --export} writes it, behind any web server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabPageTest {
    private static final String OVER = "return document.querySelector('#play').textContent === 'Play'";
    private static final String ALL_HEARD =
            "return document.querySelector('#status').textContent.includes('1,000 of 1,000')";

    private FileServer server;
    private Chromium browser;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        server = Exported.site(folder);
        browser = Chromium.start();
    }

    @AfterAll
    void close() {
        browser.close();
        server.close();
    }

    @AfterEach
    void nothingWentWrong() {
        browser.noErrors();
    }

    @ParameterizedTest
    @ValueSource(strings = {"push", "pull", "push-pull", "push-then-pull", "swim", "broadcast"})
    void theSameSeedGivesTheSameTraceHashInABrowserAsOnAJvm(String protocol) {
        String settings = "{\"protocol\":\"" + protocol + "\",\"n\":60,\"loss\":10,\"seed\":8}";
        String crash = "{\"at\":700,\"do\":\"crash\",\"nodes\":[3,4]}";
        Run run = Lab.create(settings);
        run.act(crash);
        run.advance(6000, 1 << 19);

        ready("");
        Object hash = browser.runLong("""
                const [settings, action, answer] = arguments;
                (async () => {
                  const { Engine } = await import(new URL("common/engine.js", location.href));
                  const engine = await Engine.start();
                  const run = await engine.create(JSON.parse(settings));
                  await run.act(JSON.parse(action));
                  let reached;
                  do {
                    reached = await run.advance(6000);
                  } while (reached.now < 6000);
                  answer(await run.hash());
                  engine.close();
                })().catch((e) => answer(String(e)));
                """, settings, crash);
        assertEquals(run.hash(), hash);
    }

    @Test
    void aRumorReachesAllAndTimeCanBeTurnedBack() throws IOException {
        ready("#protocol=push&n=1000&fanout=3&interval=200&latency=50&seed=5");
        browser.run("const s = document.querySelector('#speed'); s.value = 60; s.dispatchEvent(new Event('input'))");
        browser.click("#play").until("all have heard", ALL_HEARD).until("it is over", OVER);
        String hash = figure("hash");
        browser.picture("lab-push").click("#rewind").says("#status", "1 of 1,000");
        browser.click("#play").until("all have heard once more", ALL_HEARD).until("it is over", OVER);
        assertEquals(hash, figure("hash"));
    }

    @Test
    void aCrashInThePastMakesAForkAndIsInTheLinkThatOthersOpen() {
        ready("#protocol=swim&n=20&interval=500&latency=20&seed=3");
        browser.click("#step").click("#step");
        browser.type("#node-number", "7").click("#node-crash");
        browser.until("the link has it", "return location.hash.includes(':crash:7')");
        browser.click("#play").says("#status", "suspect");
        String link = browser.address().substring(browser.address().indexOf('#'));
        assertTrue(link.contains("protocol=swim") && link.contains("n=20") && link.contains("seed=3"), link);
        browser.open(server.page("docs/lab.html"));
        ready(link);
        browser.says("#actions", "crash");
    }

    @Test
    void aLinkWithNonsenseOpensTheLabAndSaysWhatIsWrongWithIt() throws IOException {
        ready("#protocol=gossip&n=banana&fanout=99&colour=red&do=5:crash:900,x:y:z&seed=1");
        String said = browser.text("#messages");
        for (String wrong : new String[] {"gossip", "banana", "99", "colour", "900"}) {
            assertTrue(said.contains(wrong), said);
        }
        browser.accessible("a lab with problems").picture("lab-nonsense");
        browser.click("#play")
                .until("it runs all the same", "return document.querySelector('#clock').textContent !== '0 ms'");
    }

    @Test
    void aSettingOutOfItsRangeIsRefusedWithTheRule() {
        ready("");
        browser.type("#set-n-a", "1000000000\n").says("#set-n-problem", "1000000000");
        assertEquals("true", browser.run("return document.querySelector('#set-n-a').getAttribute('aria-invalid')"));
    }

    @Test
    void aPartitionThatHealsByTheKeyboard() {
        ready("#protocol=swim&n=12&interval=300&latency=10&seed=4");
        browser.type("#share", "50").click("#cut-share").says("#actions", "cut off");
        browser.click("#play").says("#status", "failed");
        browser.click("#heal").says("#actions", "heal");
    }

    @Test
    void theScenarioFileIsOneThatTheCommandLineReads() throws Exception {
        ready("#protocol=swim&n=30&interval=1000&latency=20&do=3000:crash:17,9000:restart:17");
        browser.click("#open-scenario")
                .until("it is there", "return document.querySelector('#scenario-text').value.length > 50");
        String yaml = browser.text("#scenario-text");
        Scenario scenario = ScenarioFile.read("lab.yaml", yaml);
        assertEquals(30, scenario.members().count());
        browser.accessible("the dialog").click("#scenario [type=submit]");
    }

    @Test
    void gossipBesideACentralServer() throws IOException {
        ready("");
        browser.click("#example-server")
                .until("two pictures", "return document.querySelectorAll('figure[data-side]').length === 2");
        browser.until("both run", "return document.querySelector('#clock').textContent !== '0 ms'")
                .picture("lab-compare");
    }

    @Test
    void everyFormOfThePageIsUsableForEverybody() throws IOException {
        for (boolean dark : new boolean[] {false, true}) {
            ready("#protocol=push&n=100&fanout=3");
            browser.dark(dark)
                    .click("#step")
                    .click("#step")
                    .size(1280, 900)
                    .accessible("the lab")
                    .fits();
            browser.picture("lab-" + (dark ? "dark" : "light"));
            browser.size(360, 740)
                    .accessible("the lab on a phone")
                    .fits()
                    .picture("lab-phone-" + (dark ? "dark" : "light"));
            browser.size(1280, 900);
        }
        browser.dark(false);
    }

    @Test
    void keysDoWhatTheHelpSays() {
        ready("#protocol=push&n=50");
        browser.find("body").sendKeys("?");
        browser.find("#help").sendKeys(org.openqa.selenium.Keys.ESCAPE);
        browser.find("body").sendKeys(org.openqa.selenium.Keys.ARROW_RIGHT);
        browser.until("a step", "return document.querySelector('#clock').textContent !== '0 ms'");
        String at = browser.text("#clock");
        browser.find("body").sendKeys(org.openqa.selenium.Keys.HOME);
        browser.says("#clock", "0 ms");
        assertNotEquals("0 ms", at);
        assertFalse(at.isEmpty());
    }

    /** Opens the lab with that link, in a page of its own. */
    private void ready(String link) {
        browser.open(server.page("docs/README.html")).open(server.page("lab.html" + link));
        browser.until("the lab is ready", "return document.documentElement.dataset.ready === 'true'");
    }

    /** A figure, once it is of the moment that is shown. */
    private String figure(String name) {
        String cell = "document.querySelector('[data-figure=" + name + "] td')";
        browser.until(name + " is told", "const c = " + cell + "; return c !== null && c.textContent.length > 3");
        return String.valueOf(browser.run("return " + cell + ".textContent"));
    }
}
