package dev.hearsay.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A browser opens for whoever sits there, and only then. */
class BrowserTest {
    private static final URI PAGE = URI.create("http://127.0.0.1:7474/ui/");

    private final List<List<String>> launched = new ArrayList<>();

    private boolean opens(Map<String, String> environment, String system, boolean terminal) {
        return new Browser(environment, system, terminal, launched::add).open(PAGE);
    }

    @Test
    void eachSystemHasItsProgramThatOpensPages() {
        assertTrue(opens(Map.of("DISPLAY", ":0"), "Linux", true));
        assertTrue(opens(Map.of("WAYLAND_DISPLAY", "wayland-0"), "FreeBSD", true));
        assertTrue(opens(Map.of(), "Mac OS X", true));
        assertTrue(opens(Map.of(), "Windows 11", true));
        assertEquals(
                List.of(
                        List.of("xdg-open", PAGE.toString()),
                        List.of("xdg-open", PAGE.toString()),
                        List.of("open", PAGE.toString()),
                        List.of("rundll32", "url.dll,FileProtocolHandler", PAGE.toString())),
                launched);
    }

    @Test
    void nothingOpensWhereNobodyWouldSeeIt() {
        assertFalse(opens(Map.of(), "Linux", true), "no display");
        assertFalse(opens(Map.of("DISPLAY", ""), "Linux", true), "no display");
        assertFalse(opens(Map.of("DISPLAY", ":0"), "Linux", false), "the output is no terminal");
        assertFalse(opens(Map.of(), "Mac OS X", false), "the output is no terminal");
        assertFalse(opens(Map.of("DISPLAY", ":0", "CI", "true"), "Linux", true), "a build server");
        assertFalse(opens(Map.of("DISPLAY", ":0", "SSH_CONNECTION", "1 2 3 4"), "Linux", true), "somebody far away");
        assertEquals(List.of(), launched);
    }

    @Test
    void aProgramThatIsNotThereIsNoError() {
        Browser browser = new Browser(Map.of("DISPLAY", ":0"), "Linux", true, command -> {
            throw new IOException("no such program");
        });
        assertFalse(browser.open(PAGE));
    }
}
