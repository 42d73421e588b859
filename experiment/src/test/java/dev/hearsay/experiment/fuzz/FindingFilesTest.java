package dev.hearsay.experiment.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.experiment.fuzz.Reducer.Reduced;
import dev.hearsay.experiment.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingFilesTest {
    private static final String TEXT = "name: small\nseed: 9\nduration: 5s\ncluster:\n  members: 3\n";
    private static final Failure FAILURE =
            new Failure("n#: wrong", "n2: wrong\n  at 4.5 s\nthe last inputs", 4.5, "n2");

    @Test
    void a_finding_is_a_scenario_to_run_a_story_and_what_it_came_from(@TempDir Path folder) throws IOException {
        Finding found = new Finding(17, TEXT, 1, FAILURE);
        Reduced reduced = new Reduced(TEXT, 9, FAILURE, 42, true);
        Path file = FindingFiles.write(folder.resolve("new"), 1, found, reduced);
        assertEquals("finding-1.yaml", file.getFileName().toString());
        assertEquals(9, ScenarioFile.read("f", Files.readString(file)).seed());
        assertTrue(Files.readString(file).startsWith("# n2: wrong\n"));
        String story = Files.readString(folder.resolve("new/finding-1.txt"));
        assertTrue(story.contains("hearsay sim replay " + file + " --seed 9 --until 4.501s --node n2"), story);
        assertTrue(story.contains("the last inputs"), story);
        assertEquals(TEXT, Files.readString(folder.resolve("new/finding-1-original.yaml")));
    }

    @Test
    void failures_that_differ_in_numbers_only_are_of_one_kind() {
        String one = "n3: n15 is up and reachable, but declared dead: Member[claim=Claim[node=n15, incarnation=4]]";
        String other = "n0: n2 is up and reachable, but declared dead: Member[claim=Claim[node=n2, incarnation=1]]";
        assertEquals(SimulatorRunner.kind(one), SimulatorRunner.kind(other));
        assertEquals("n#: n# is up and reachable, but declared dead", SimulatorRunner.kind(one));
    }
}
