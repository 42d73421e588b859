package dev.hearsay.web;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The logic of the pages that needs no page: logs, clocks, links, streams, what the dashboard knows. Its tests are the scripts in
 * {@code src/test/javascript}.
 */
class PagesTest {
    private static final Path SITE = Path.of("src", "main", "resources", "dev", "hearsay", "web", "site");
    private static final Path TESTS = Path.of("src", "test", "javascript");

    @Test
    void the_modules_of_the_pages_pass_their_own_tests(@TempDir Path folder) throws IOException, InterruptedException {
        NodeJs.required();
        NodeJs.copy(SITE, folder.resolve("site"));
        // An agent serves what pages share below its dashboard.
        NodeJs.copy(
                SITE.resolve("common"),
                folder.resolve("site").resolve("dashboard").resolve("common"));
        NodeJs.copy(TESTS, folder.resolve("tests"));
        NodeJs.test(folder);
    }
}
