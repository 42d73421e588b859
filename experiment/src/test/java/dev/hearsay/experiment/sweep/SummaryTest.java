package dev.hearsay.experiment.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures over the runs of a point, and the files and lines that show them. */
class SummaryTest {
    private static final double EXACT = 1e-12;

    @Test
    void theSummaryOfOneToTenIsAsInR() {
        Summary summary = Summary.of(new double[] {10, 2, 3, 4, 5, 6, 7, 8, 9, 1});
        assertEquals(10, summary.n());
        assertEquals(5.5, summary.mean(), EXACT);
        assertEquals(5.5, summary.median(), EXACT);
        assertEquals(1.45, summary.p5(), EXACT);
        assertEquals(9.55, summary.p95(), EXACT);
        // t.test(1:10): 3.334149 to 7.665851.
        assertEquals(3.334149, summary.low(), 1e-6);
        assertEquals(7.665851, summary.high(), 1e-6);
    }

    @Test
    void oneValueHasNoWidth() {
        assertEquals(new Summary(1, 3, 3, 3, 3, 3, 3), Summary.of(new double[] {3}));
    }

    @Test
    void theIntervalHoldsTheMeanInNineteenOfTwentyCases() {
        long seed = 4711;
        Random random = new Random(seed);
        int held = 0;
        int cases = 4_000;
        for (int i = 0; i < cases; i++) {
            double[] values =
                    random.doubles(8).map(x -> random.nextGaussian() * 3 + 10).toArray();
            Summary summary = Summary.of(values);
            held += summary.low() <= 10 && 10 <= summary.high() ? 1 : 0;
        }
        // Binomial with 0.95: deviation 13.8; four of them.
        assertEquals(3_800, held, 56, "seed " + seed);
    }

    @Test
    void csvHasALineForEachRunAndQuotesWhatHasCommas(@TempDir Path dir) throws Exception {
        FormulaRunner runner = new FormulaRunner();
        Plan plan = PlanTest.plan("2", "x=[1,2]", "loss=0,99");
        List<Row> rows = new ArrayList<>();
        plan.runs().forEach(run -> rows.add(Engine.row(runner, run)));
        ResultFiles.write(dir, new Results(plan, rows), List.of("agreement", "false-failures"));
        List<String> runs = Files.readAllLines(dir.resolve("results.csv"));
        assertEquals(
                "x,loss,seed,passed,failure,unmet,trace-hash,members,seconds,agreement,detection-all.p99,false-failures",
                runs.get(0));
        assertEquals(5, runs.size());
        assertTrue(runs.get(1).startsWith("\"[1,2]\",0,1,true,,,"), runs.get(1));
        assertTrue(runs.get(1).contains(",10,60,,"), "agreement was not measured: " + runs.get(1));
        assertTrue(runs.get(3).startsWith("\"[1,2]\",99,1,false,error: "), runs.get(3));
        String page = Files.readString(dir.resolve("report.html"));
        assertTrue(page.contains("\"title\":\"false-failures over loss\""), "what is to be drawn");
        assertTrue(page.contains("<td>[1,2]</td>"), "what is to be read");
        List<String> summary = Files.readAllLines(dir.resolve("summary.csv"));
        assertEquals("x,loss,runs,failed,metric,unit,n,mean,median,p5,p95,low,high", summary.get(0));
        assertEquals("\"[1,2]\",0,2,0,agreement,seconds,1,1.5,1.5,1.5,1.5,1.5,1.5", summary.get(1));
        assertEquals(4, summary.size(), "nothing was measured at loss=99");
    }

    @Test
    void theTableIsReadByAPerson() throws Exception {
        FormulaRunner runner = new FormulaRunner();
        Plan plan = PlanTest.plan("4", "loss=0,100");
        List<Row> rows = new ArrayList<>();
        plan.runs().forEach(run -> rows.add(Engine.row(runner, run)));
        Results results = new Results(plan, rows);
        String table = SweepTable.show(results, List.of("agreement", "bytes"));
        List<String> lines = table.lines().toList();
        assertEquals("loss  runs  failed        agreement  bytes", lines.get(0));
        assertEquals("0        4       0  1.50 s (2 runs)      -", lines.get(1));
        assertEquals(
                List.of("detection-all.p99", "false-failures", "agreement"),
                SweepTable.usual(results),
                "in the order of what matters");
        assertEquals(List.of("bytes", "packets"), SweepTable.metrics("bytes, packets,bytes"));
        assertTrue(assertThrows(SweepException.class, () -> SweepTable.metrics("bytes,nonsense"))
                .getMessage()
                .startsWith("--metrics: there is no metric 'nonsense'; there are agreement, "));
    }

    @Test
    void progressSaysHowFastAndHowLongStill() {
        ProgressLine line = new ProgressLine(10, 30, 1_000);
        assertEquals("10/30 runs", line.show(2_000));
        Row passed = Engine.row(new FormulaRunner(), new Run(new Point(0, java.util.Map.of()), 1));
        for (int i = 0; i < 5; i++) {
            line.ran(passed);
        }
        assertEquals("15/30 runs, 2.50/s, 6 s left", line.show(2_000_001_000L));
        assertEquals("1 min 5 s", ProgressLine.duration(65));
        assertEquals("2 h 10 min", ProgressLine.duration(7_800));
    }

    @Test
    void rowsAreReadBackEqual() throws SweepException {
        Random random = new Random(3);
        FormulaRunner runner = new FormulaRunner();
        for (int i = 0; i < 200; i++) {
            Row row = Engine.row(
                    runner,
                    new Run(
                            new Point(0, java.util.Map.of("loss", String.valueOf(random.nextInt(100)))),
                            random.nextLong(100)));
            assertEquals(row, RowJson.read(RowJson.line(row)));
        }
        assertThrows(SweepException.class, () -> RowJson.read("[]"));
        assertThrows(SweepException.class, () -> RowJson.read("{\"point\":0,\"seed\":\"x\"}"));
        assertThrows(
                SweepException.class,
                () -> RowJson.read("{\"point\":0,\"seed\":1,\"members\":1,\"metrics\":{\"bytes\":\"NaN\"}}"));
    }
}
