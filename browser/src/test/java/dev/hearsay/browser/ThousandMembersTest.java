package dev.hearsay.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The dashboard of an agent with a thousand members. */
class ThousandMembersTest {
    @Test
    void aThousandMembersAreThereCanBeFilteredAndChangeLive() throws Exception {
        try (ThousandMembers members = new ThousandMembers(1000);
                Chromium browser = Chromium.start()) {
            browser.open(members.page());
            count(browser, "alive", 1000);
            browser.type("#members-filter", "zone=b").says("#members-range", "333");
            browser.type("#members-filter", "n77").says("#members-table", "n777");
            members.change(all -> all.crash(777));
            count(browser, "failed", 1);
            browser.until(
                    "its row says so",
                    "return document.querySelector(\"tr[data-name='n777']\").dataset.status === 'failed'");
            browser.type("#members-filter", "role=seed").says("#members-range", "100");
            browser.accessible("a dashboard of a thousand").picture("dashboard-1000");
            browser.size(360, 740).fits().picture("dashboard-1000-phone");
            assertEquals(List.of(), browser.errors(""));
        }
    }

    private static void count(Chromium browser, String status, int members) {
        browser.until(
                members + " are " + status,
                "return document.querySelector(`[data-status-filter=${arguments[0]}]`)?.dataset.count === String(arguments[1])",
                status,
                members);
    }
}
