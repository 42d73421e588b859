package dev.hearsay.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/configuration.md names every setting there is, no other, and the defaults and ranges that the code has. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void thePageAgreesWithTheCode() throws Exception {
        assertEquals(List.of(), ConfigurationPage.problems(Files.readString(PAGE)));
    }

    /** What the checker is for: each of these lies is found. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "| `retransmitMult` |; | `retransmitMul` |; retransmitMult is not on the page",
                "| `retransmitMult` |; | `retransmitMul` |; retransmitMul does not exist",
                "| `500ms` | `3s` | `200ms` |; | `500ms` | `3s` | `300ms` |; probeTimeout: local is 200ms, not 300ms",
                "| 1 to 64 |; | 1 to 65 |; healthMax: 65 is in the range on the page, and refused",
                "| 512 to 65,507 |; | 513 to 65,507 |; packetBytes: 512 is not in the range on the page, and accepted",
                "| `30s` | `30s` | `30s` | 0 or more |; | `30s` | `30s` | `30s` | above 0 |; reconnectInterval: 0",
                "| `-retry-max` |; | `-retry-maximum` |; -retry-max is not on the page",
                "| `-retry-max` |; | `-retry-maximum` |; -retry-maximum does not exist",
                "| the time between such attempts, at least 1s | `30s` |; | the time | `31s` |; -retry-interval",
                "| `-retry-max` | `retry_max_attempts` |; | `-retry-max` | `retry_max` |; -retry-max: the key is",
                "| `tags_file` | `-tags-file` | text |; | `tags_fil` | `-tags-file` | text |; tags_file is not on the page",
                "| `tags_file` | `-tags-file` | text |; | `tags_fil` | `-tags-file` | text |; tags_fil does not exist",
                "| `tags_file` | `-tags-file` | text |; | `tags_file` | `-tags` | text |; tags_file: its flag is",
                "| `tags_file` | `-tags-file` | text |; | `tags_file` | `-tags-file` | time |; tags_file: its form is text",
                "| none | number | `512` |; | none | number | `513` |; user_event_size_limit: the default is 512",
                "| `verifyIncoming` | `GossipVerifyIncoming` | `true` |; | `verifyIncoming` | x | `false` |; verifyIncoming",
                "| `validateNames` | `ValidateNodeNames` | `false` |; | `validateNames` | x | `true` |; validateNames",
                "| `bind` | `BindAddr`; | `bound` | `BindAddr`; bound does not exist",
                "| `CLAIMS` | 1,048,576 |; | `CLAIMS` | 1,048,575 |; CLAIMS is 1,048,576, not 1,048,575",
                "| `STREAM_EXPANSION` | 64 |; | `STREAM_EXPANSIVE` | 64 |; STREAM_EXPANSION is not on the page",
            })
    void aPageThatLiesIsFound(String truth, String lie, String problem) throws IOException {
        String page = Files.readString(PAGE);
        assertTrue(page.contains(truth), () -> "the page no longer says " + truth);
        List<String> problems = ConfigurationPage.problems(page.replace(truth, lie));
        assertTrue(problems.stream().anyMatch(p -> p.contains(problem)), () -> problem + " among " + problems);
    }
}
