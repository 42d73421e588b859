package dev.hearsay.agent.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.agent.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What syslog is told. */
class SyslogTest {
    @TempDir
    Path folder;

    /** Facility times eight and Serf's severity: DEBUG is informational, INFO a notice. */
    @ParameterizedTest
    @CsvSource({"ERR,<131>", "WARN,<132>", "INFO,<133>", "DEBUG,<134>", "TRACE,<135>"})
    void levelsArePrioritiesAsInSerf(LogLevel level, String priority) {
        LogLine line = new LogLine(level, "2026/01/31 03:52:52 [" + level + "] agent: [x] said\n  more");
        assertEquals(priority + "agent: [x] said\n" + priority + "  more\n", Syslog.prefixed(16, line));
    }

    @Test
    void linesOfTheLevelAndAboveArriveTheRememberedOnesFirst() throws Exception {
        Path out = folder.resolve("out");
        LogRing ring = new LogRing();
        ring.add(line(LogLevel.INFO, "before"));
        Syslog syslog = Syslog.start(ring, List.of("sh", "-c", "cat > " + out), "DAEMON", () -> LogLevel.INFO);
        ring.add(line(LogLevel.DEBUG, "not this"));
        ring.add(line(LogLevel.ERR, "after"));
        syslog.close();
        Await.until(
                "both lines",
                Duration.ofSeconds(30),
                () -> Files.exists(out) && Files.readAllLines(out).size() == 2);
        assertEquals("<29>agent: before\n<27>agent: after\n", Files.readString(out));
    }

    private static LogLine line(LogLevel level, String text) {
        return new LogLine(level, "2026/01/31 03:52:52 [" + level + "] agent: " + text);
    }
}
