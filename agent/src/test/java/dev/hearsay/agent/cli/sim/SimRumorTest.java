package dev.hearsay.agent.cli.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hearsay sim rumor}. */
class SimRumorTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "sim";
        all[1] = "rumor";
        System.arraycopy(args, 0, all, 2, args.length);
        return new Cli(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(all);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everybodyHearsAndTheSameSeedGivesTheSameTrace() {
        assertEquals(0, run("-members=2000", "-fanout=3", "-seed=5"), err::toString);
        String first = printed();
        assertTrue(first.startsWith("2,000 members, fan-out 3, seed 5; trace "), first);
        assertTrue(first.contains("  never hear             0\n"), first);
        out.reset();
        assertEquals(0, run("--members", "2000", "--fanout", "3", "--seed", "5"), err::toString);
        assertEquals(first.lines().findFirst(), printed().lines().findFirst());
        out.reset();
        assertEquals(0, run("-members=2000", "-loss=25%", "-format=json"), err::toString);
        assertTrue(printed().contains("\"members\": 2000"), printed());
    }

    @ParameterizedTest
    @CsvSource({
        "-members=1,-members",
        "-fanout=0,-fanout",
        "-latency=soon,-latency",
        "-loss=140%,-loss",
        "-seed=x,-seed"
    })
    void badInputIsRefusedWithTheFlag(String argument, String flag) {
        assertEquals(1, run(argument));
        String told = err.toString(StandardCharsets.UTF_8);
        assertTrue(told.startsWith("Error: ") && told.contains(flag), told);
        assertEquals("", printed());
    }
}
