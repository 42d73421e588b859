package dev.hearsay.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.AgentProcess;
import dev.hearsay.agent.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The dashboard of real agents, in processes of their own. */
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardTest {
    private static final String NET = "127.0.72.";
    private static final String TOKEN = "a-token-of-this-test";
    /** If any of it is run, the page's title changes. */
    private static final String HOSTILE =
            "<img src=x onerror=document.title='owned'><script>document.title='owned'</script>";

    private final HttpClient client = HttpClient.newHttpClient();
    private Chromium browser;
    private AgentProcess first;
    private AgentProcess second;

    @BeforeAll
    void start() throws IOException {
        browser = Chromium.start();
        first = agent("orders-1", 1, "-tag", "zone=a", "-event-handler=query:load=echo 7");
        second = agent("orders-2", 2, "-tag", "zone=b", "-join=" + NET + 1, "-event-handler=query:load=echo 9");
    }

    @AfterAll
    void end() {
        browser.close();
        second.close();
        first.close();
    }

    @AfterEach
    void nothingWentWrong() {
        // What an agent refuses, or its death cuts off, is written to the console by the browser itself.
        assertEquals(
                List.of(),
                browser.errors("Failed to load resource").stream()
                        .filter(error -> !error.contains("net::ERR_"))
                        .toList());
    }

    @Test
    void aMemberThatIsKilledIsSeenToFailAndToComeBackWithoutReloading() throws Exception {
        live(1, "#/members");
        try (AgentProcess third = agent("orders-3", 3, "-join=" + NET + 1)) {
            row("orders-3", "alive");
            third.kill();
            row("orders-3", "failed");
        }
        browser.picture("dashboard-failed");
        try (AgentProcess again = agent("orders-3", 3, "-join=" + NET + 1)) {
            row("orders-3", "alive");
            browser.click("tr[data-name=orders-3] a")
                    .says("#member-history", "failed")
                    .says("#member-history", "joined");
            browser.accessible("a member's page").picture("dashboard-member");
            again.leave();
            browser.says("#member-status", "left");
        }
    }

    @Test
    void anEventThatIsPublishedHereIsInTheStreamAtOnce() {
        live(1, "#/events");
        browser.type("#event-name", "deploy").type("#event-payload", "v2").click("#event-submit");
        browser.says("#events", "deploy").says("#events", "v2");
        browser.click("#event-submit").accessible("the page of events");
    }

    @Test
    void answersToAQueryArriveOneByOneAndTheQueryEnds() {
        live(1, "#/query");
        browser.type("#query-name", "load").click("#query-submit");
        browser.says("#query-answers", "orders-1")
                .says("#query-answers", "orders-2")
                .says("#query-answers", "9");
        browser.accessible("the page of queries");
    }

    @Test
    void sharedStateIsWrittenHereAndWhatOthersWriteIsSeen() throws Exception {
        live(1, "#/state");
        browser.run(
                "const t = document.querySelector('#open-type'); t.value = 'map'; t.dispatchEvent(new Event('change', {bubbles: true}))");
        browser.type("#open-name", "flags").click("#open-form button");
        browser.type("#write-key", "dark-mode").type("#write-value", "on").click("#write-submit");
        browser.says("#entries", "dark-mode");
        Await.until(
                "the other agent has it",
                Chromium.BOUND,
                () -> get(2, "/v1/state/maps/flags/dark-mode").contains("\"on\""));
        send(2, "PUT", "/v1/state/maps/flags/beta", "{\"value\":\"off\"}");
        browser.says("#entries", "beta").accessible("the page of shared state").picture("dashboard-state");
        browser.type("#write-key", "x")
                .type("#write-ttl", "soon")
                .click("#write-submit")
                .says("#write-form", "ttl: ");
    }

    @Test
    void whenTheAgentIsGoneThePageSaysSoAndWhenItIsBackThePageIsTrueAgain() throws Exception {
        AgentProcess third = agent("orders-4", 4, "-join=" + NET + 1);
        try {
            live(4, "#/members");
            row("orders-1", "alive");
            third.kill();
            phase("away");
            browser.accessible("a dashboard without its agent").picture("dashboard-away");
        } finally {
            third.close();
        }
        try (AgentProcess again = agent("orders-4", 4, "-join=" + NET + 1, "-tag", "run=second")) {
            phase("live");
            browser.says("tr[data-name=orders-4]", "run=second");
            assertFalse(again.members().isEmpty());
        }
    }

    @Test
    void whateverMembersCallThemselvesIsShownAndNeverRun() throws Exception {
        live(1, "#/members");
        try (AgentProcess hostile =
                agent(HOSTILE, 5, "-join=" + NET + 1, "-tag", "zone=" + HOSTILE, "-tag", "\u202Eeman=\u0007")) {
            browser.says("#members-table", HOSTILE);
            browser.click("tr[data-status=alive] a[href*=img]")
                    .says("#page-member", HOSTILE)
                    .picture("dashboard-hostile");
            browser.run("location.hash = '#/events'");
            send(5, "POST", "/v1/events", "{\"name\":\"" + HOSTILE + "\",\"payload\":\"" + HOSTILE + "\"}");
            browser.says("#events", HOSTILE);
            send(
                    5,
                    "PUT",
                    "/v1/state/maps/" + encoded(HOSTILE) + "/" + encoded(HOSTILE),
                    "{\"value\":\"" + HOSTILE + "\"}");
            browser.run("location.hash = '#/state'");
            browser.says("#collections", HOSTILE.substring(0, 35));
            browser.run(
                    "[...document.querySelectorAll('#collections a, #collections button')].find(e => e.textContent.includes('img')).click()");
            browser.says("#entries", HOSTILE);
            assertEquals(0L, browser.run("return document.querySelectorAll('main img, main script').length"));
            assertFalse(String.valueOf(browser.run("return document.title")).equals("owned"));
            hostile.leave();
        }
    }

    @Test
    void withATokenThePageAsksForItAndKeepsItOutOfAddresses() throws Exception {
        try (AgentProcess guarded = agent("orders-6", 6, "-http-token=" + TOKEN)) {
            browser.open(page(6));
            phase("denied");
            browser.accessible("the form for the token");
            browser.type("#token-input", "another-token-than-it")
                    .click("#token-submit")
                    .says("#token-problem", "refuses");
            browser.type("#token-input", TOKEN).click("#token-submit");
            phase("live");
            row("orders-6", "alive");
            assertFalse(browser.address().contains(TOKEN));
            assertEquals(true, browser.run("return !JSON.stringify(localStorage).includes(arguments[0])", TOKEN));
            assertEquals(1, guarded.members().size());
        }
    }

    @Test
    void anotherPageCannotCommandTheAgent() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(page(1).resolve("/v1/events"))
                .header("Origin", "http://evil.example")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"x\"}"))
                .build();
        assertEquals(
                403, client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
        // A page of the second agent is of another origin for the first.
        live(2, "#/members");
        Object answer = browser.runLong("""
                const [url, answer] = arguments;
                fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"name":"x"}' })
                  .then((r) => answer("status " + r.status), (e) => answer("refused"));
                """, page(1).resolve("/v1/events").toString());
        assertEquals("refused", answer);
        assertTrue(
                browser.errors("").stream().anyMatch(e -> e.contains("Content Security Policy")),
                "by the page's policy");
    }

    @Test
    void everyFormOfThePageIsUsableForEverybody() throws IOException {
        for (String page : List.of("members", "events", "query", "state", "figures")) {
            live(1, "#/" + page);
            browser.find("#page-" + page);
            browser.accessible(page).fits().picture("dashboard-" + page);
            browser.dark(true)
                    .size(360, 740)
                    .accessible(page + ", on a phone, dark")
                    .fits();
            browser.picture("dashboard-" + page + "-phone-dark").dark(false);
        }
    }

    private void live(int host, String where) {
        browser.size(1280, 900).open(page(host).resolve("docs")).errors("");
        browser.open(page(host).resolve(where));
        phase("live");
    }

    private void phase(String phase) {
        browser.until(
                "the connection is " + phase,
                "return document.querySelector('#connection').dataset.phase === arguments[0]",
                phase);
    }

    private void row(String name, String status) {
        browser.until(
                name + " is " + status,
                "const r = document.querySelector(`tr[data-name='${arguments[0]}']`); return r !== null && r.dataset.status === arguments[1]",
                name,
                status);
    }

    private static AgentProcess agent(String name, int host, String... more) throws IOException {
        List<String> flags = new ArrayList<>(List.of("-http-addr=" + NET + host + ":7474"));
        flags.addAll(List.of(more));
        return AgentProcess.startHearsay(name, NET + host, flags.toArray(new String[0]));
    }

    private static URI page(int host) {
        return URI.create("http://" + NET + host + ":7474/ui/");
    }

    private String get(int host, String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(page(host).resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void send(int host, String method, String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page(host).resolve(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertTrue(response.statusCode() < 300, response.body());
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }
}
