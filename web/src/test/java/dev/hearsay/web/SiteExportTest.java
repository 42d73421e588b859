package dev.hearsay.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteExportTest {
    private static final List<String> POLICY =
            List.of("default-src 'none'", "script-src 'self'", "base-uri 'none'", "form-action 'none'");

    private final Site site = new Site();

    @TempDir
    private Path temporary;

    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void all_files_but_those_of_the_dashboard_are_written_and_counted() throws IOException {
        Path folder = temporary.resolve("new/site");
        SiteExport written = SiteExport.write(site, folder, false);
        Set<String> expected = new TreeSet<>(site.paths());
        expected.removeIf(path -> path.startsWith(Site.DASHBOARD));
        assertEquals(expected, files(folder));
        assertTrue(expected.containsAll(List.of("common/base.css", "lib/d3.min.js", "lib/d3.LICENSE.txt")));
        assertEquals(expected.size(), written.files());
        long bytes = 0;
        for (String path : expected) {
            bytes += Files.size(folder.resolve(path));
            assertEquals(site.find(path).size(), Files.size(folder.resolve(path)), path);
        }
        assertEquals(bytes, written.bytes());
        assertTrue(written.compressedBytes() < bytes / 2, written.toString());
    }

    @Test
    void a_directory_that_is_not_empty_is_refused_and_left_alone_unless_forced() throws IOException {
        Path own = Files.writeString(temporary.resolve("own.txt"), "mine");
        Files.createDirectories(temporary.resolve("common"));
        Files.writeString(temporary.resolve("common/base.css"), "old");
        IOException refused = assertThrows(IOException.class, () -> SiteExport.write(site, temporary, false));
        assertEquals(temporary + " is not empty", refused.getMessage());
        assertEquals(Set.of("common/base.css", "own.txt"), files(temporary));
        SiteExport.write(site, temporary, true);
        assertEquals("mine", Files.readString(own));
        assertEquals(site.find("common/base.css").size(), Files.size(temporary.resolve("common/base.css")));
    }

    @Test
    void a_file_is_no_directory() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "mine");
        for (boolean force : new boolean[] {false, true}) {
            assertThrows(IOException.class, () -> SiteExport.write(site, file, force));
        }
        assertEquals("mine", Files.readString(file));
    }

    /** Any web server may have it, below any path: so each page brings its policy, and no link begins at a root. */
    @Test
    void pages_bring_their_policy_and_what_they_load_stands_beside_them() throws IOException {
        Path folder = temporary.resolve("site");
        SiteExport.write(site, folder, false);
        for (String page : files(folder)) {
            if (!page.endsWith(".html")) {
                continue;
            }
            String html = Files.readString(folder.resolve(page));
            Matcher policy = Pattern.compile("<meta http-equiv=\"Content-Security-Policy\"\\s+content=\"([^\"]*)\"")
                    .matcher(html);
            assertTrue(policy.find(), page + " has no policy");
            List<String> rules =
                    Stream.of(policy.group(1).split(";", -1)).map(String::strip).toList();
            assertTrue(rules.containsAll(POLICY), page + ": " + rules);
            for (String rule : rules) {
                assertTrue(rule.matches("[a-z-]+ ('none'|'self'|'self' data:|data:)"), page + ": " + rule);
            }
            Matcher loaded = Pattern.compile("<(?:script|link|img)\\b[^>]*?\\b(?:src|href)=\"([^\"]*)\"")
                    .matcher(html);
            while (loaded.find()) {
                String link = loaded.group(1);
                if (!link.startsWith("data:")) {
                    Path target = folder.resolve(page).resolveSibling(link.replaceFirst("[?#].*", ""));
                    assertFalse(link.startsWith("/") || link.contains(":"), page + " loads " + link);
                    assertTrue(Files.isRegularFile(target), page + " loads " + link + ", which is not there");
                }
            }
        }
    }
}
