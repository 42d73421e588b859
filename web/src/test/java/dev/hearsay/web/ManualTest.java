package dev.hearsay.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ManualTest {
    private static final List<String> PAGES = List.of("README.html", "docs/lab.html", "docs/state.html", "index.html");

    @Test
    void a_link_to_a_document_leads_to_its_page_and_one_out_of_the_site_is_text() {
        String page = Manual.page(
                "docs/lab.html",
                "# The `lab`\n\n[state](state.md#limits), [readme](../README.md), [page](../index.html), [source](../core/pom.xml), "
                        + "[Keep a Changelog](https://keepachangelog.com)\n",
                PAGES);
        assertTrue(page.contains("<a href=\"state.html#limits\">state</a>"), page);
        assertTrue(page.contains("<a href=\"../README.html\">readme</a>"), page);
        assertTrue(page.contains("<a href=\"../index.html\">page</a>"), page);
        assertTrue(page.contains(", source, "), page);
        assertTrue(page.contains("href=\"https://keepachangelog.com\""), page);
        assertTrue(page.contains("<title>The lab · Hearsay</title>"), page);
        assertTrue(page.contains("href=\"../common/base.css\""), page);
    }

    @Test
    void markup_in_a_document_is_shown_and_not_run() {
        String page =
                Manual.page("README.html", "# A\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n", PAGES);
        assertFalse(page.contains("<script>"), page);
        assertFalse(page.contains("javascript:"), page);
    }

    @Test
    void every_document_is_a_page_and_every_link_between_them_leads_somewhere() throws IOException {
        Site site = new Site();
        List<String> documents = site.paths().stream()
                .filter(path -> path.equals("README.html") || path.startsWith("docs/"))
                .toList();
        assertTrue(documents.contains("docs/decisions/001-sans-io-core.html"), documents.toString());
        assertTrue(documents.size() > 40, documents.toString());
        for (String path : documents) {
            Matcher link =
                    Pattern.compile("(?:href|src)=\"([^\"#:]+)(#[^\"]*)?\"").matcher(text(site, path));
            while (link.find()) {
                URI to = URI.create(path).resolve(link.group(1));
                assertNotNull(site.find(to.toString()), path + " leads to " + to + ", where there is nothing");
            }
        }
    }

    @Test
    void what_is_wide_can_be_scrolled_by_the_keyboard() {
        String page = Manual.page("README.html", "|a|b|\n|-|-|\n|1|2|\n\n    code\n", PAGES);
        assertEquals(2, page.split("tabindex=\"0\"", -1).length - 1, page);
    }

    private static String text(Site site, String path) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SiteFile file = site.find(path);
        assertNotNull(file, path);
        file.writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
