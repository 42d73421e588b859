package dev.hearsay.web;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The logic of the lab, and of what all pages share, as far as it needs no page: logs, clocks, links. Its tests are scripts. */
class PagesTest {
    private static final Path SITE = Path.of("src", "main", "resources", "dev", "hearsay", "web", "site");
    private static final Path TESTS = Path.of("src", "test", "javascript", "lab");

    @Test
    void logs_clocks_and_links_do_what_their_scripts_say(@TempDir Path folder)
            throws IOException, InterruptedException {
        NodeJs.required();
        NodeJs.copy(SITE, folder.resolve("site"));
        NodeJs.copy(TESTS, folder.resolve("tests"));
        NodeJs.test(folder);
    }
}
