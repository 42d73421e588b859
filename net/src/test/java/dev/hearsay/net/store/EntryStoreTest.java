package dev.hearsay.net.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.HearsayException;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.StateKind;
import dev.hearsay.net.store.EntryStore.Kept;
import dev.hearsay.net.store.EntryStore.Marks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.StringDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryStoreTest {
    private static final Marks MARKS = new Marks(Set.of(-7L, 12L), 1234);

    @TempDir
    private Path directory;

    private static Entry entry(int number, long stamp) {
        Bytes key = Bytes.of(("key" + number).getBytes(StandardCharsets.UTF_8));
        Bytes value = Bytes.of(("value" + number + "x".repeat(number % 300)).getBytes(StandardCharsets.UTF_8));
        return Entry.of(new EntryId(StateKind.MAP, "käse", key, 0), stamp, -7, 99, value);
    }

    private static Map<EntryId, Optional<Entry>> changes(int from, int to, long stamp) {
        Map<EntryId, Optional<Entry>> changes = new LinkedHashMap<>();
        for (int i = from; i < to; i++) {
            Entry entry = entry(i, stamp);
            changes.put(entry.id(), Optional.of(entry));
        }
        return changes;
    }

    /** A file of so many entries, in several batches. */
    private Path written(String name, int entries) throws IOException {
        Path file = directory.resolve(name);
        EntryStore store = StoreFiles.open(file, false).store();
        for (int i = 0; i < entries; i += 100) {
            store.write(changes(i, Math.min(entries, i + 100), 5), MARKS);
        }
        store.close();
        return file;
    }

    private static Kept reopened(Path file) {
        StoreFiles.Opened opened = StoreFiles.open(file, false);
        opened.store().close();
        return opened.kept();
    }

    private List<Path> aside() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(f -> f.toString().contains(".damaged-")).toList();
        }
    }

    @Test
    void what_was_written_is_there_when_it_is_opened_again_and_what_was_dropped_is_not() throws IOException {
        Path file = written("a.store", 1000);
        EntryStore store = StoreFiles.open(file, true).store();
        Entry tombstone = entry(3, 5).deletedAt(77, 8);
        store.write(Map.of(entry(1, 5).id(), Optional.empty(), tombstone.id(), Optional.of(tombstone)), MARKS);
        store.close();
        Kept kept = reopened(file);
        assertEquals(999, kept.entries().size());
        assertTrue(kept.entries().contains(tombstone));
        assertTrue(kept.entries().contains(entry(2, 5)));
        assertEquals(MARKS, kept.marks());
        assertEquals(0, kept.damaged());
        assertEquals(List.of(), aside());
    }

    @Test
    void a_second_opener_is_refused_with_the_files_name() throws IOException {
        Path file = directory.resolve("b.store");
        EntryStore first = StoreFiles.open(file, false).store();
        HearsayException refused = assertThrows(HearsayException.class, () -> StoreFiles.open(file, false));
        assertTrue(refused.getMessage().contains(file + " is in use"), refused.getMessage());
        first.close();
        StoreFiles.open(file, false).store().close();
    }

    @Test
    void a_store_of_a_later_format_is_refused_and_left_as_it_is() throws IOException {
        Path file = written("c.store", 10);
        try (var later = MVStore.open(file.toString())) {
            MVMap<String, String> marks = later.openMap(
                    "hearsay.marks",
                    new MVMap.Builder<String, String>()
                            .keyType(StringDataType.INSTANCE)
                            .valueType(StringDataType.INSTANCE));
            marks.put("format", "2");
            later.commit();
        }
        HearsayException refused = assertThrows(HearsayException.class, () -> StoreFiles.open(file, false));
        assertTrue(refused.getMessage().contains("has format 2"), refused.getMessage());
        assertEquals(List.of(), aside());
    }

    @Test
    void a_file_that_is_none_is_moved_aside_and_an_empty_one_takes_its_place() throws IOException {
        Path file = directory.resolve("d.store");
        Files.writeString(file, "dear diary ".repeat(2000));
        Kept kept = reopened(file);
        assertEquals(0, kept.entries().size());
        assertEquals(1, kept.damaged());
        assertEquals(1, aside().size());
        assertTrue(Files.readString(aside().get(0)).startsWith("dear diary"));
    }

    @Test
    void a_file_that_was_cut_off_gives_what_it_still_has_and_says_so() throws IOException {
        Path whole = written("e.store", 2000);
        byte[] bytes = Files.readAllBytes(whole);
        int recovered = 0;
        for (int percent : new int[] {1, 20, 50, 80, 95}) {
            Path file = directory.resolve("cut" + percent);
            Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * (long) percent / 100)));
            Kept kept = reopened(file);
            assertTrue(
                    kept.damaged() > 0,
                    percent + "% of the file: " + kept.entries().size() + " entries and no word");
            assertTrue(Set.copyOf(changes(0, 2000, 5).values()).containsAll(wrapped(kept)), "nothing is made up");
            recovered += kept.entries().size();
            assertEquals(kept.entries().size(), reopened(file).entries().size(), "and the next time, too");
        }
        assertTrue(recovered > 0, "a longer rest has something");
    }

    @Test
    void flipped_bytes_cost_what_they_hit_and_are_counted() throws IOException {
        Path whole = written("f.store", 2000);
        byte[] bytes = Files.readAllBytes(whole);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int least = 2000;
        for (int round = 0; round < 30; round++) {
            byte[] flipped = bytes.clone();
            flipped[8192 + random.nextInt(bytes.length - 8192)] ^= (byte) (1 << random.nextInt(8));
            Path file = directory.resolve("flip" + round);
            Files.write(file, flipped);
            Kept kept = reopened(file);
            assertTrue(
                    kept.damaged() > 0 || kept.entries().size() == 2000,
                    "seed " + seed + ", round " + round + ": " + kept.entries().size() + " entries and no word");
            assertTrue(Set.copyOf(changes(0, 2000, 5).values()).containsAll(wrapped(kept)), "seed " + seed);
            EntryStore store = StoreFiles.open(file, false).store();
            store.write(changes(0, 2000, 6), MARKS);
            store.close();
            assertEquals(2000, reopened(file).entries().size(), "seed " + seed + ": it can be written again");
            least = Math.min(least, kept.entries().size());
        }
        assertTrue(least < 2000, "seed " + seed + ": none of them has hit anything");
    }

    private static Set<Optional<Entry>> wrapped(Kept kept) {
        Set<Optional<Entry>> all = new HashSet<>();
        kept.entries().forEach(entry -> all.add(Optional.of(entry)));
        return all;
    }

    @Test
    void writing_the_same_again_and_again_does_not_make_the_file_longer_and_longer() throws IOException {
        Path file = directory.resolve("g.store");
        EntryStore store = StoreFiles.open(file, true).store();
        for (int i = 1; i <= 600; i++) {
            store.write(changes(0, 50, i), MARKS);
            if (i % 20 == 0) {
                store.tidy();
            }
        }
        long bytes = store.bytes();
        store.close();
        assertTrue(
                bytes < 1_000_000,
                "600 times 50 entries take " + bytes + " bytes, and " + Files.size(file) + " when closed");
        assertEquals(50, reopened(file).entries().size());
    }
}
