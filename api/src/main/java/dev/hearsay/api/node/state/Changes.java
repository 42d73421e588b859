package dev.hearsay.api.node.state;

import dev.hearsay.api.StateChange;
import dev.hearsay.api.StateType;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.HybridClock;
import dev.hearsay.core.state.StateKind;
import java.time.Instant;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns what happened to entries into what happened to the shared types: what an application would see in two reads. On the loop.
 */
final class Changes {
    private final long replica;

    /** @param replica this process among all that write */
    Changes(long replica) {
        this.replica = replica;
    }

    /**
     * Says what changes with that event.
     *
     * @param entries as they were before it
     */
    void tell(Event.StateChanged event, NavigableMap<EntryId, Entry> entries, Consumer<StateChange> told) {
        Entry subject = event.after() != null ? event.after() : event.before();
        if (subject == null) {
            return;
        }
        switch (subject.id().kind()) {
            case StateKind.FACT -> tellFacts(event, subject, entries, told);
            case StateKind.SET -> tellElement(event, subject, entries, told);
            case StateKind.MAP, StateKind.COUNTER, StateKind.REGISTER ->
                tell(subject, value(event.before()), value(event.after()), told);
            default -> {
                // A later version's: nobody here could read it.
            }
        }
    }

    /** Only what the present incarnation of a member says counts; the entry with the empty key says which that is. */
    private void tellFacts(
            Event.StateChanged event, Entry subject, NavigableMap<EntryId, Entry> entries, Consumer<StateChange> told) {
        String member = subject.id().collection();
        Entry boot = entries.get(EntryId.first(StateKind.FACT, member));
        if (subject.id().key().length() > 0) {
            tellIfOther(subject, fact(event.before(), boot), fact(event.after(), boot), told);
            return;
        }
        for (Entry fact : facts(entries, member)) {
            tellIfOther(fact, fact(fact, event.before()), fact(fact, event.after()), told);
        }
    }

    private static Collection<Entry> facts(NavigableMap<EntryId, Entry> entries, String member) {
        return entries.subMap(
                        EntryId.last(StateKind.FACT, member, Bytes.EMPTY),
                        false,
                        EntryId.behind(StateKind.FACT, member),
                        false)
                .values();
    }

    private static @Nullable Bytes fact(@Nullable Entry entry, @Nullable Entry boot) {
        return boot != null && !boot.deleted() && entry != null && entry.writer() == boot.writer()
                ? value(entry)
                : null;
    }

    /** An element is in a set as long as anybody has added it. */
    private void tellElement(
            Event.StateChanged event, Entry subject, NavigableMap<EntryId, Entry> entries, Consumer<StateChange> told) {
        EntryId id = subject.id();
        EntryId first = EntryId.first(id.kind(), id.collection(), id.key());
        EntryId last = EntryId.last(id.kind(), id.collection(), id.key());
        for (Entry other : entries.subMap(first, true, last, true).values()) {
            if (!other.deleted() && !other.id().equals(id)) {
                return;
            }
        }
        tellIfOther(subject, value(event.before()), value(event.after()), told);
    }

    private void tellIfOther(Entry subject, @Nullable Bytes before, @Nullable Bytes after, Consumer<StateChange> told) {
        if (!Objects.equals(before, after)) {
            tell(subject, before, after, told);
        }
    }

    /** A tombstone that is dropped changes nothing that anybody could see. */
    private void tell(Entry subject, @Nullable Bytes before, @Nullable Bytes after, Consumer<StateChange> told) {
        if (before == null && after == null) {
            return;
        }
        told.accept(new StateChange(
                type(subject.id().kind()),
                subject.id().collection(),
                subject.id().key(),
                before,
                after,
                Instant.ofEpochMilli(HybridClock.millis(subject.time())),
                subject.writer() == replica));
    }

    private static @Nullable Bytes value(@Nullable Entry entry) {
        return entry == null || entry.deleted() ? null : entry.value();
    }

    private static StateType type(int kind) {
        for (StateType type : StateType.values()) {
            if (type.kind() == kind) {
                return type;
            }
        }
        throw new IllegalArgumentException("kind " + kind + " has no type");
    }
}
