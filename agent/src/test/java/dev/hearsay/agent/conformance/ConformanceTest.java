package dev.hearsay.agent.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.agent.AgentProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** Serf's command line and ours, each against an agent of Serf's and one of ours; {@code agent/conformance} prints it. */
class ConformanceTest {
    private static final Pattern LISTED = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");

    @BeforeAll
    static void sayLoudlyIfSkipped() {
        AgentProcess.sayLoudlyIfNoSerf();
    }

    @Test
    @Timeout(400)
    @EnabledIf("dev.hearsay.agent.AgentProcess#serfInstalled")
    void whatDiffersIsListedAndWhatIsListedDiffers() throws Exception {
        assertEquals("", String.join("\n\n", Conformance.run().errors()));
    }

    @Test
    void theDocumentExplainsEachDifferenceAndNoOther() throws IOException {
        Path page = Path.of("../docs/serf-compatibility.md");
        Matcher rows = LISTED.matcher(Files.readString(page, StandardCharsets.UTF_8));
        Set<String> explained =
                new TreeSet<>(rows.results().map(row -> row.group(1)).toList());
        Set<String> listed =
                Differences.ALL.stream().map(Difference::id).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(listed, explained);
    }

    @Test
    void aDifferenceThatIsNotListedIsAnErrorAndSoIsAListedOneThatIsNoneAnyMore() {
        Outcome theirs = Outcome.of("x\n", 0);
        Outcome ours = Outcome.of("x\n", 1);
        Comparison comparison =
                new Comparison(Map.of(Way.SERF_SERF, Map.of("step", theirs), Way.SERF_OURS, Map.of("step", ours)));
        List<String> errors = comparison.errors();
        assertEquals(
                "'step' with serf, hearsay agent:",
                errors.get(0).lines().findFirst().orElse(""));
        assertEquals("usage-errors is listed as a difference, but nothing differs", errors.get(1));
    }
}
