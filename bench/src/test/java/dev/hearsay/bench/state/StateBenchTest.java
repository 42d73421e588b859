package dev.hearsay.bench.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.core.state.StateKind;
import dev.hearsay.experiment.spread.Spread;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateBenchTest {
    @Test
    void every_write_is_seen_by_every_member_and_counted_once_at_each() {
        int members = 30;
        int writes = 4;
        Spread.Figures figures = Spread.run(members, StateConfig.DEFAULTS, 0, 1, writes);
        assertEquals(writes, figures.all.count());
        assertEquals(writes * members, figures.one.count());
        assertTrue(figures.received >= (long) writes * (members - 1), figures.received + " copies");
        assertEquals(figures.sent, figures.received, "nothing is lost");
        assertTrue(figures.all.millis(1) > 0);
    }

    @Test
    void scuttlebutt_sends_a_record_for_each_origin_and_only_entries_that_are_new_there() {
        List<Entry> known = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            known.add(entry(i, i % 5 + 1));
        }
        List<Entry> more = new ArrayList<>(known);
        more.add(entry(51, 3));
        Scuttlebutt behind = new Scuttlebutt(known);
        Scuttlebutt ahead = new Scuttlebutt(more);
        assertEquals(new Scuttlebutt.Cost(5 * 27, 0), behind.exchange(new Scuttlebutt(known)));
        // An origin's record, and an entry with a key of 1 byte, a value of 2, and 12 around them.
        assertEquals(new Scuttlebutt.Cost(5 * 27, 27 + 15), behind.exchange(ahead));
        assertEquals(new Scuttlebutt.Cost(5 * 27 + 27, 27 + 15), ahead.exchange(behind));
    }

    private static Entry entry(int number, int writer) {
        EntryId id = new EntryId(StateKind.MAP, "m", Bytes.of((byte) number), 0);
        return Entry.of(id, number, writer, 0, Bytes.of((byte) 1, (byte) 2));
    }
}
