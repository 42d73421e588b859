package dev.hearsay.api.node.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hearsay.api.Propagation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DelaysTest {
    private final Delays delays = new Delays();

    @Test
    void each_delay_falls_into_the_bucket_up_to_its_bound() {
        for (long millis : new long[] {-5, 0, 1, 2, 3, 60_000, 60_001}) {
            delays.count(millis);
        }
        Propagation all = delays.snapshot();
        assertEquals(7, all.count());
        assertEquals(all.boundsMillis().size() + 1, all.counts().size());
        assertEquals(3, all.counts().get(0), "a clock that is ahead counts as no delay");
        assertEquals(1, all.counts().get(1));
        assertEquals(1, all.counts().get(2));
        assertEquals(1, all.counts().get(all.counts().size() - 2));
        assertEquals(1, all.counts().get(all.counts().size() - 1));
        assertEquals(120_007, all.sumMillis());
    }

    @Test
    void quantiles_are_the_bounds_of_the_buckets_they_fall_into() {
        assertEquals(Duration.ZERO, delays.snapshot().quantile(0.5), "nothing yet");
        for (int i = 0; i < 99; i++) {
            delays.count(4);
        }
        delays.count(3_000);
        assertEquals(Duration.ofMillis(5), delays.snapshot().quantile(0.5));
        assertEquals(Duration.ofMillis(5), delays.snapshot().quantile(0.99));
        assertEquals(Duration.ofSeconds(5), delays.snapshot().quantile(1));
        assertThrows(IllegalArgumentException.class, () -> delays.snapshot().quantile(1.1));
    }
}
