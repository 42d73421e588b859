package dev.hearsay.agent.cli.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long now = -3 * SECOND;

    @Test
    void inATerminalABarIsRedrawnAndTakenAwayAtTheEnd() {
        try (ProgressLine line = line(true)) {
            now += SECOND / 20;
            line.at(1, 300, 1_000);
            now += 2 * SECOND - SECOND / 20;
            line.at(75, 300, 50_000);
            now += SECOND / 20;
            line.at(76, 300, 60_000);
        }
        String bar = "\r██████░░░░░░░░░░░░░░░░░░ 25 %  75 s of 300 s, 25,000 inputs/s, 6 s left\u001b[K";
        assertEquals(bar + "\r\u001b[K", said(), "not drawn more often than one can look");
    }

    @Test
    void elsewhereALineIsPrintedEvery10Seconds() {
        try (ProgressLine line = line(false)) {
            for (int i = 1; i <= 25; i++) {
                now += SECOND;
                line.at(i, 25, i * 1_000_000L);
            }
        }
        assertEquals("""
                40 %: 10 s of 25 s, 1,000,000 inputs/s, 15 s left
                80 %: 20 s of 25 s, 1,000,000 inputs/s, 5 s left
                """, said());
    }

    private ProgressLine line(boolean terminal) {
        return new ProgressLine(new PrintStream(err, true, StandardCharsets.UTF_8), terminal, () -> now);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
