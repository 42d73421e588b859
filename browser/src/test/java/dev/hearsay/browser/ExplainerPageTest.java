package dev.hearsay.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The explainer, as {@code hearsay lab --export} writes it, behind any web server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainerPageTest {
    private static final List<String> STEPS = List.of("center", "few", "rounds", "losses", "membership", "price");

    private FileServer server;
    private Chromium browser;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        server = Exported.site(folder);
        browser = Chromium.start("ru");
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
    @ValueSource(strings = {"en", "ru"})
    void sixStepsRunWhenTheyComeIntoViewAndEachEndsWithItsTrace(String language) throws IOException {
        browser.size(1280, 900).open(server.page("index.html?lang=" + language));
        assertEquals(language, browser.run("return document.documentElement.lang"));
        for (String step : STEPS) {
            show(step);
            browser.until(
                    step + " runs",
                    state(step) + " === 'running' || " + state(step).substring(7) + " === 'done'");
            browser.until(step + " shows its trace", "return /[0-9a-f]{8}/.test(" + part(step, "hash") + ")");
            String said = String.valueOf(browser.run("return " + part(step, "status")));
            assertEquals(language.equals("ru"), said.codePoints().anyMatch(c -> c >= 'а' && c <= 'я'), said);
            browser.picture("explainer-" + step + "-" + language);
        }
    }

    @Test
    void theReadersLanguageIsTakenAndTheOtherOneIsAClickAway() {
        browser.size(1280, 900).open(server.page("index.html"));
        browser.run("localStorage.clear()");
        browser.open(server.page("index.html"));
        assertEquals("ru", browser.run("return document.documentElement.lang"));
        String title = String.valueOf(browser.run("return document.title"));
        browser.click("[data-language=en]").until("English", "return document.documentElement.lang === 'en'");
        assertNotEquals(title, browser.run("return document.title"));
        browser.open(server.page("index.html"));
        assertEquals("en", browser.run("return document.documentElement.lang"), "it is remembered");
    }

    @Test
    void theServerThatCrashesTellsNobodyAnyMore() {
        browser.size(1280, 900).open(server.page("index.html?lang=en"));
        show("center");
        browser.until("it runs", state("center") + " === 'running'");
        browser.click("#center .controls button")
                .until("it is over", state("center") + " === 'done'")
                .until("not all have it", "return !" + part("center", "status") + ".includes('All')");
    }

    @Test
    void aStepLeadsToTheLabWithTheSameSettings() {
        browser.size(1280, 900).open(server.page("index.html?lang=en"));
        show("few");
        browser.until(
                "the link is made",
                "return document.querySelector('#few [data-role=lab]').href.includes('#protocol=push')");
        browser.click("#few [data-role=lab]")
                .until("the lab is ready", "return document.documentElement.dataset.ready === 'true'");
        assertTrue(browser.address().contains("n=64"), browser.address());
        assertEquals("64", browser.text("#set-n-a"));
    }

    @Test
    void everyDoorLeadsSomewhere() {
        browser.size(1280, 900).open(server.page("index.html?lang=en"));
        Object missing = browser.runLong("""
                const answer = arguments[0];
                Promise.all([...document.querySelectorAll("a[href]")].map((a) => fetch(a.href.replace(/#.*/, "")).then((r) => r.ok ? "" : a.href)))
                  .then((all) => answer(all.join("")));
                """);
        assertEquals("", missing);
    }

    @Test
    void everyFormOfThePageIsUsableForEverybody() throws IOException {
        for (String language : List.of("en", "ru")) {
            boolean dark = language.equals("ru");
            browser.dark(dark).size(1280, 900).open(server.page("index.html?lang=" + language));
            browser.until("it runs", state("center") + " === 'running'")
                    .accessible("the explainer")
                    .fits();
            browser.dark(!dark)
                    .size(360, 740)
                    .accessible("the explainer on a phone")
                    .fits();
            browser.picture("explainer-phone-" + language + (dark ? "-light" : "-dark"));
        }
        browser.dark(false)
                .size(1280, 900)
                .open(server.page("docs/lab.html"))
                .accessible("a document")
                .fits();
        browser.size(360, 740).fits().picture("document-phone");
    }

    private void show(String step) {
        browser.run("document.querySelector('#" + step
                + " .scene').scrollIntoView({block: 'center', behavior: 'instant'})");
    }

    private static String state(String step) {
        return "return document.querySelector('#" + step + "').dataset.state";
    }

    private static String part(String step, String role) {
        return "document.querySelector('#" + step + " [data-role=" + role + "]').textContent";
    }
}
