package dev.hearsay.experiment.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.experiment.run.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFolderTest {
    @TempDir
    private Path parent;

    @Test
    void aFolderIsMadeAndHoldsAllAboutARun() throws IOException {
        Path folder = parent.resolve("new/result");
        RunResult result = SampleRun.rackLoss();
        ResultFolder.at(folder).write(result);
        assertEquals(new TreeSet<>(ResultFolder.names()), files(folder));
        try (InputStream in = Files.newInputStream(folder.resolve(ResultFolder.RESULT))) {
            assertEquals(result, JsonResult.read("it", in));
        }
        assertEquals(result.text(), Files.readString(folder.resolve(ResultFolder.SCENARIO)));
    }

    @Test
    void anEarlierResultIsReplacedAndNothingElseIs() throws IOException {
        ResultFolder.at(parent).write(SampleRun.rackLoss());
        Files.writeString(parent.resolve("result.json.part"), "{ an interrupted run left this");
        ResultFolder.at(parent).write(SampleRun.broken());
        assertEquals("name: alone\n", Files.readString(parent.resolve(ResultFolder.SCENARIO)));
        assertEquals(new TreeSet<>(ResultFolder.names()), files(parent));
        Files.writeString(parent.resolve("thesis.txt"), "years of work");
        ResultException e = assertThrows(ResultException.class, () -> ResultFolder.at(parent));
        assertTrue(e.getMessage().contains("thesis.txt"), e.getMessage());
        assertTrue(e.getMessage().startsWith(parent.toString()), e.getMessage());
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));
        assertTrue(assertThrows(ResultException.class, () -> ResultFolder.at(file))
                .getMessage()
                .contains("is a file"));
    }

    @Test
    void tablesHaveAHeaderAndOneLineForEachValue() throws IOException {
        RunResult result = SampleRun.rackLoss();
        ResultFolder.at(parent).write(result);
        List<String> metrics = Files.readAllLines(parent.resolve("metrics.csv"));
        assertEquals("name,value,unit,meaning", metrics.get(0));
        assertEquals(
                "agreement,12.4,s,\"after the last fault, until all that run agree who is there\"", metrics.get(1));
        assertTrue(metrics.contains(
                "events-delivered,0.99987,share,of all pairs of a user event and a member that ran throughout: heard"));
        assertEquals(result.metrics().size() + 1, metrics.size());
        List<String> series = Files.readAllLines(parent.resolve("series.csv"));
        assertEquals("series,unit,seconds,value", series.get(0));
        assertEquals(6 * 300 + 1, series.size());
        assertTrue(series.contains("members-up,,60.0,450.0"));
        List<String> samples = Files.readAllLines(parent.resolve("samples.csv"));
        assertEquals("sample,seconds", samples.get(0));
        assertEquals(50 + 50 + 5_000 + 48 + 1, samples.size());
        List<String> infections = Files.readAllLines(parent.resolve("infections.csv"));
        assertEquals("event,origin,fired,seconds,informed,theory", infections.get(0));
        assertEquals(2 * 81 + 1, infections.size());
        assertTrue(infections.get(1).startsWith("deploy,n17,6.0,0.0,1,1."), infections.get(1));
    }

    @Test
    void cellsWithCommasQuotesAndLineFeedsAreQuoted() throws IOException {
        StringBuilder out = new StringBuilder();
        RunResult run = SampleRun.named("a \"b\",\nc");
        Csv.series(run, out);
        assertEquals("series,unit,seconds,value\n\"a \"\"b\"\",\nc\",,1.0,2.5\n", out.toString());
    }

    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
