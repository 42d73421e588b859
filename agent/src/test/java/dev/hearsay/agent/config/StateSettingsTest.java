package dev.hearsay.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.state.StateConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings of shared state come to. */
class StateSettingsTest {
    @TempDir
    Path folder;

    @Test
    void whoSaysNothingGetsTheDefaultsOfTheCore() throws Exception {
        assertEquals(
                new AgentSettings.State(StateConfig.DEFAULTS, null), read("{}").state());
    }

    @Test
    void aWideAreaNetworkIsSparedUnlessARateIsWritten() throws Exception {
        StateConfig wan = read("{\"profile\": \"wan\"}").state().config();
        assertEquals(1 << 20, wan.bytesPerSecond());
        assertEquals(1 << 19, wan.peerBytesPerSecond(), "half of it for one that asks");
        StateConfig written = read("{\"profile\": \"wan\", \"state_rate\": 5000000000}")
                .state()
                .config();
        assertEquals(5_000_000_000L, written.bytesPerSecond());
    }

    @Test
    void eachKeyGoesToItsField() throws Exception {
        AgentSettings.State state = read("""
                        {"state_file": "shared.state", "state_mode": "Push-Pull", "state_fanout": 6, "state_interval": "250ms",
                         "state_rate": 4096, "state_max_entries": 1000, "state_max_bytes": 99999999999, "state_max_value": 100,
                         "state_grace": "24h"}""").state();
        assertEquals(Path.of("shared.state"), state.file());
        assertEquals(
                StateConfig.DEFAULTS.with(wanted -> {
                    wanted.mode = StateConfig.Mode.PUSH_PULL;
                    wanted.fanout = 6;
                    wanted.exchangeNanos = Duration.ofMillis(250).toNanos();
                    wanted.bytesPerSecond = 4096;
                    wanted.peerBytesPerSecond = 2048;
                    wanted.maxEntries = 1000;
                    wanted.maxBytes = 99_999_999_999L;
                    wanted.maxValueBytes = 100;
                    wanted.graceNanos = Duration.ofHours(24).toNanos();
                }),
                state.config());
    }

    @Test
    void offIsOffAndAFileForItIsWarnedOf() throws Exception {
        AgentSettings off = read("{\"state\": false, \"state_file\": \"shared.state\"}");
        assertEquals(StateConfig.OFF, off.state().config());
        assertTrue(
                off.warnings().stream().anyMatch(each -> each.contains("state_file") && each.endsWith("state is off")),
                off.warnings().toString());
    }

    private AgentSettings read(String json) throws Exception {
        Path file = Files.writeString(folder.resolve("agent.json"), json);
        return new ConfigSource(List.of(file.toString()), Map.of()).read();
    }
}
