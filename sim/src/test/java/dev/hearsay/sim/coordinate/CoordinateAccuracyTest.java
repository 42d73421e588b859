package dev.hearsay.sim.coordinate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.coordinate.Coordinate;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds coordinates against the errors that Serf publishes. Its figures are of one seed, ours the median of many. */
class CoordinateAccuracyTest {
    private static final int SEEDS = 101;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CIRCLE")
    void theMedianErrorOfManySeedsIsBelowWhatSerfPublishes(SerfTrial trial) {
        List<Settling> runs = runs(trial);
        below(
                trial,
                "average",
                trial.published().average(),
                runs,
                run -> run.accuracy().average());
        below(
                trial,
                "worst",
                trial.published().worst(),
                runs,
                run -> run.accuracy().worst());
    }

    /**
     * On the circle Serf's published average of 0.28 % is that of a lucky seed: the same algorithm, written in another language,
     * has a median of 0.34 % over 31 seeds. Heights are what this landscape is for.
     */
    @Test
    void theOneAboveTheCircleComesOutAboveTheOthers() {
        List<Settling> runs = runs(SerfTrial.CIRCLE);
        double radius = 0.1;
        below(SerfTrial.CIRCLE, "average", 0.0035, runs, run -> run.accuracy().average());
        below(
                SerfTrial.CIRCLE,
                "worst",
                SerfTrial.CIRCLE.published().worst(),
                runs,
                run -> run.accuracy().worst());
        below(
                SerfTrial.CIRCLE,
                "way down to the radius",
                0.03,
                runs,
                run -> 1 - run.at(0).height() / radius);
        for (int place = 1; place < SerfTrial.CIRCLE.nodes(); place++) {
            int other = place;
            below(
                    SerfTrial.CIRCLE,
                    "height of " + place,
                    0.03 * radius,
                    runs,
                    run -> run.at(other).height());
        }
    }

    /** Ledlie et al. 2007, section 5.3: what only pulls on one another drifts away together; gravity holds it. */
    @Test
    void gravityPullsADriftedClusterBackToTheOrigin() {
        Duration side = Duration.ofMillis(500);
        for (long seed = 1; seed <= 11; seed++) {
            Settling square = new Settling(
                    Landscape.square(side),
                    seed,
                    List.of(corner(0, 0), corner(0, 0.5), corner(0.5, 0.5), corner(0.5, 0)));
            double before = square.run(1_000).drift();
            double after = square.run(20_000).drift();
            assertTrue(after <= 0.8 * before, "seed " + seed + ": " + before + " s, later " + after + " s");
        }
    }

    @Test
    void oneSeedGivesOneResult() {
        assertEquals(SerfTrial.RANDOM.run(7).accuracy(), SerfTrial.RANDOM.run(7).accuracy());
        assertEquals(SerfTrial.GRID.run(7).at(3), SerfTrial.GRID.run(7).at(3));
    }

    private static List<Settling> runs(SerfTrial trial) {
        return LongStream.rangeClosed(1, SEEDS).parallel().mapToObj(trial::run).toList();
    }

    private static void below(
            SerfTrial trial, String what, double bound, List<Settling> runs, ToDoubleFunction<Settling> measure) {
        double[] sorted = runs.stream().mapToDouble(measure).sorted().toArray();
        double median = sorted[SEEDS / 2];
        assertTrue(
                median <= bound,
                () -> trial + ", " + what + ": median " + median + " above " + bound + " over seeds 1 to " + SEEDS);
    }

    private static Coordinate corner(double x, double y) {
        return Coordinate.of(new double[] {x, y}, Coordinate.MAX_ERROR, 0, Coordinate.MIN_HEIGHT);
    }
}
