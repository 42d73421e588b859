package dev.hearsay.core.state;

import dev.hearsay.core.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What this node says of itself. The entry with the empty key says which process is the member now: facts of another writer are an earlier
 * incarnation's, and count no more. Facts hold for a lease, which the node renews while it lives; so those of members that are gone end by
 * themselves, everywhere at the same time.
 */
final class OwnFacts {
    /** Most facts of a member. */
    static final int MOST = 1024;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final String self;
    private final long replica;
    private final long leaseMillis;
    private final SortedMap<Bytes, Bytes> facts = new TreeMap<>(EntryId::compare);
    private boolean told;
    private long renewedAt;

    OwnFacts(String self, long replica, StateConfig config) {
        this.self = self;
        this.replica = replica;
        this.leaseMillis = config.leaseNanos() / NANOS_PER_MILLI;
    }

    /** The entries that a write makes; {@link #wrote} follows, if they are taken. */
    List<Entry> entries(Write.Fact write, Writing writing, StateTable table, LongSupplier stamps) {
        Bytes key = write.key();
        if (key.length() == 0) {
            throw new IllegalArgumentException(
                    "key of a fact is empty: must have 1 to " + EntryId.MAX_KEY_BYTES + " bytes");
        }
        EntryId id = Writing.id(StateKind.FACT, self, key, 0);
        @Nullable Bytes value = write.value();
        List<Entry> entries = new ArrayList<>();
        if (value == null) {
            Entry known = facts.containsKey(key) ? table.find(id) : null;
            return known == null ? entries : List.of(known.deletedAt(stamps.getAsLong(), replica));
        }
        if (!facts.containsKey(key) && facts.size() == MOST) {
            throw new IllegalArgumentException("this member has " + MOST + " facts: there may be no more");
        }
        if (!told) {
            entries.add(boot(writing));
        }
        entries.add(writing.value(id, value, leaseMillis));
        return entries;
    }

    /** A write has been taken: from now on it is renewed, or no more. */
    void wrote(Write.Fact write, long wallMillis) {
        @Nullable Bytes value = write.value();
        if (value == null) {
            facts.remove(write.key());
            return;
        }
        tells(wallMillis);
        facts.put(write.key(), value);
    }

    private void tells(long wallMillis) {
        renewedAt = told ? renewedAt : wallMillis;
        told = true;
    }

    /** What is to be written again because the lease is half over; as a rule nothing. */
    List<Entry> renewal(Writing writing, long wallMillis) {
        return told && wallMillis - renewedAt >= leaseMillis / 2 ? all(writing, wallMillis) : List.of();
    }

    /** Somebody else has written in this member's name: an earlier incarnation, as a rule. What is to be written against that. */
    List<Entry> answer(Entry foreign, Writing writing, LongSupplier stamps, long wallMillis) {
        if (!foreign.id().collection().equals(self)
                || foreign.id().kind() != StateKind.FACT
                || foreign.writer() == replica
                || !foreign.holds(wallMillis)) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        if (foreign.id().key().length() == 0 || facts.containsKey(foreign.id().key())) {
            entries.addAll(all(writing, wallMillis));
        } else {
            entries.add(foreign.deletedAt(stamps.getAsLong(), replica));
            if (!told) {
                entries.add(boot(writing));
                tells(wallMillis);
            }
        }
        return entries;
    }

    private List<Entry> all(Writing writing, long wallMillis) {
        renewedAt = wallMillis;
        told = true;
        List<Entry> entries = new ArrayList<>();
        entries.add(boot(writing));
        facts.forEach((key, value) ->
                entries.add(writing.value(new EntryId(StateKind.FACT, self, key, 0), value, leaseMillis)));
        return entries;
    }

    private Entry boot(Writing writing) {
        return writing.value(EntryId.first(StateKind.FACT, self), Bytes.EMPTY, leaseMillis);
    }
}
