package dev.hearsay.agent.config;

import dev.hearsay.core.state.StateConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Settings of shared state being collected; part of {@link Draft}. The fields are written by the setters of {@link Setting}. */
final class StateDraft {
    /** What a network between sites has to spare, in bytes per second: 8 Mbit/s. */
    private static final long WAN_RATE = 1 << 20;

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(1);

    boolean enabled;

    @Nullable Path file;

    StateConfig.Mode mode = StateConfig.Mode.PUSH_THEN_PULL;
    int fanout;
    Duration interval = Duration.ZERO;
    /** Bytes per second; 0 while nobody has said, for what suits the profile. */
    long rate;

    int maxEntries;
    long maxBytes;
    int maxValue;
    Duration grace = Duration.ZERO;

    void mode(Given given) throws ConfigException {
        mode = switch (given.text().toLowerCase(Locale.ROOT)) {
            case "push" -> StateConfig.Mode.PUSH;
            case "pull" -> StateConfig.Mode.PULL;
            case "push-pull" -> StateConfig.Mode.PUSH_PULL;
            case "push-then-pull" -> StateConfig.Mode.PUSH_THEN_PULL;
            default -> throw given.invalid("must be push-then-pull, push-pull, push or pull");
        };
    }

    void interval(Given given) throws ConfigException {
        interval = given.time();
        if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw given.invalid("must be 1ms or more");
        }
    }

    /** What is collected, for that profile. One member gets at most half of the rate when it asks, so that others get something, too. */
    StateConfig config(String profile) {
        StateConfig defaults = StateConfig.DEFAULTS;
        long suiting = profile.equalsIgnoreCase("wan") ? WAN_RATE : defaults.bytesPerSecond();
        return defaults.with(changed -> {
            changed.enabled = enabled;
            changed.mode = mode;
            changed.fanout = fanout;
            changed.exchangeNanos = interval.toNanos();
            changed.bytesPerSecond = rate == 0 ? suiting : rate;
            changed.peerBytesPerSecond = Math.max(1 << 10, changed.bytesPerSecond / 2);
            changed.maxEntries = maxEntries;
            changed.maxBytes = maxBytes;
            changed.maxValueBytes = maxValue;
            changed.graceNanos = grace.toNanos();
        });
    }
}
