package dev.hearsay.examples.alertmanager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import dev.hearsay.examples.alertmanager.Silences.Change;
import dev.hearsay.examples.alertmanager.Silences.What;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of two versions of a silence counts, what time does to it, and how much may be remembered. */
class SilencesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Silences silences = new Silences(10_000);

    @Test
    void theVersionUpdatedLaterWinsAndIsToldOnce() {
        assertEquals(List.of(What.NEW), merge(silence("a", 0, 60, 0)));
        assertEquals(List.of(), merge(silence("a", 0, 60, 0)), "the same again");
        assertEquals(List.of(What.CHANGED), merge(silence("a", 0, 90, 2)));
        assertEquals(List.of(), merge(silence("a", 0, 30, 1)), "an older version");
        assertEquals(List.of(What.EXPIRED), merge(silence("a", 0, 3, 3), NOW.plusSeconds(4)));
        assertEquals(List.of(What.CHANGED), merge(silence("a", 0, 3, 5), NOW.plusSeconds(5)), "over, and edited");
        assertEquals(1, silences.encoded().size());
    }

    @Test
    void timeStartsASilenceEndsItAndLetsItBeForgotten() {
        assertEquals(List.of(What.NEW), merge(silence("a", 10, 60, 0)));
        assertEquals(List.of(), pass(9));
        assertEquals(List.of(What.STARTED), pass(10));
        assertEquals(List.of(), pass(60));
        assertEquals(List.of(What.EXPIRED), pass(61));
        assertEquals(List.of(), pass(62), "told already");
        assertEquals(1, silences.encoded().size(), "remembered, so that no old copy revives it");
        assertEquals(List.of(), pass(60 + 101));
        assertEquals(0, silences.encoded().size());
    }

    @Test
    void whatEverybodyMayHaveForgottenIsNotLearntAgain() {
        Instant late = NOW.plusSeconds(161);
        assertEquals(List.of(), merge(silence("a", 0, 60, 0), late));
        assertEquals(List.of(What.NEW), merge(silence("a", 0, 60, 0), late.minusSeconds(1)), "over, but not forgotten");
    }

    @Test
    void whatThereIsNoRoomForIsRefusedUntilThereIs() {
        Silences few = new Silences(2 * (256 + 100));
        assertEquals(
                2,
                few.merge(List.of(silence("a", 0, 10, 0), silence("b", 0, 60, 0), silence("c", 0, 60, 0)), NOW)
                        .size());
        assertEquals(1, few.merge(List.of(silence("a", 0, 20, 1)), NOW).size(), "a new version of the same length");
        few.passTime(NOW.plusSeconds(20 + 101));
        assertEquals(1, few.merge(List.of(silence("c", 0, 60, 0)), NOW).size());
    }

    private List<What> merge(Silence silence) {
        return merge(silence, NOW);
    }

    private List<What> merge(Silence silence, Instant now) {
        return silences.merge(List.of(silence), now).stream().map(Change::what).toList();
    }

    private List<What> pass(int seconds) {
        return silences.passTime(NOW.plusSeconds(seconds)).stream()
                .map(Change::what)
                .toList();
    }

    /** A silence of 100 bytes; times in seconds from now. It may be forgotten 100 s after its end. */
    private static Silence silence(String id, int from, int until, int updated) {
        return new Silence(
                id,
                List.of(),
                NOW.plusSeconds(from),
                NOW.plusSeconds(until),
                NOW.plusSeconds(updated),
                "tester",
                "",
                NOW.plusSeconds(until).plus(Duration.ofSeconds(100)),
                ByteString.copyFrom(new byte[100]));
    }
}
