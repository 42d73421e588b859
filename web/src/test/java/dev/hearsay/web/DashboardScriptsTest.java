package dev.hearsay.web;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the tests of the dashboard's modules, which are JavaScript themselves, as an agent serves them: with common/ below. */
class DashboardScriptsTest {
    private static final Path SITE = Path.of("src", "main", "resources", "dev", "hearsay", "web", "site");
    private static final Path TESTS = Path.of("src", "test", "javascript", "dashboard");

    @Test
    void the_dashboard_s_modules_pass_their_own_tests(@TempDir Path folder) throws IOException, InterruptedException {
        NodeJs.required();
        NodeJs.copy(SITE.resolve("dashboard"), folder.resolve("dashboard"));
        NodeJs.copy(SITE.resolve("common"), folder.resolve("dashboard").resolve("common"));
        NodeJs.copy(TESTS, folder.resolve("tests"));
        NodeJs.test(folder);
    }
}
