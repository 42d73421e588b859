package dev.hearsay.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.detector.Guards;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bounds of guard streams; how they behave within them, the transcripts tell. */
class GuardsTest {
    private static final int STREAMS = Guards.MAX_WARDS + 6;

    private final Script script = new Script(Config.lan());

    @BeforeEach
    void everybodyOpensAStream() {
        script.run("among-ours");
        script.run("start");
        for (int i = 2; i < STREAMS + 2; i++) {
            script.run("alive n" + i + " 1");
            script.run("guard " + i + " n" + i + " 1");
        }
    }

    @Test
    void streams_of_others_are_refused_beyond_their_bound() {
        assertEquals(Guards.MAX_WARDS, script.node().vitals().guards());
        assertEquals(STREAMS - Guards.MAX_WARDS, script.node().counters().get(Counter.WARDS_REFUSED));
        // Who has one may have a new one in its place, even now.
        assertEquals(List.of("close #2"), script.run("guard 200 n2 1"));
        assertEquals(Guards.MAX_WARDS, script.node().vitals().guards());
    }

    @Test
    void only_so_many_broken_streams_lead_to_a_probe_in_one_protocol_period() {
        int pings = breakAll(2, 42);
        assertEquals(16, pings);
        assertEquals(40 - 16, script.node().counters().get(Counter.GUARD_LOOKS_DROPPED));
        script.run("at 1000");
        script.run("guard-tick");
        assertEquals(10, breakAll(42, 52));
    }

    private int breakAll(int from, int to) {
        int pings = 0;
        for (int i = from; i < to; i++) {
            for (String effect : script.run("broken " + i)) {
                pings += effect.startsWith("send") && effect.contains("ping#") ? 1 : 0;
            }
        }
        return pings;
    }
}
