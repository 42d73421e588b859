package dev.hearsay.net.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.HearsayException;
import dev.hearsay.core.Address;
import dev.hearsay.net.Await;
import dev.hearsay.net.snapshot.Remembered.Known;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {
    private static final Address A = Address.ipv4(10, 0, 0, 1, 7946);
    private static final Address B = Address.ipv4(10, 0, 0, 2, 7947);

    @TempDir
    Path dir;

    private Path file;

    @BeforeEach
    void name() {
        file = dir.resolve("snapshot");
    }

    @Test
    void whatWasWrittenIsRememberedByTheNextStart() throws Exception {
        SnapshotFile first = SnapshotFile.open(file, false);
        assertEquals(Remembered.NOTHING, first.remembered());
        first.alive("web one", A);
        first.alive("b", B);
        first.notAlive("b");
        first.notAlive("never seen");
        first.clocks(3, 4, 5);
        first.clocks(2, 9, 1);
        end(first);
        assertEquals(new Remembered(List.of(new Known("web one", A)), 3, 9, 5, 0, false), reopened(false));
        assertEquals(
                "alive: web one 10.0.0.1:7946\nclock: 3\nevent-clock: 9\nquery-clock: 5\n", Files.readString(file));
    }

    @Test
    void itIsWrittenWhileTheNodeRuns() throws Exception {
        SnapshotFile snapshot = SnapshotFile.open(file, false);
        for (int i = 0; i < 1_000; i++) {
            snapshot.alive("node-" + i, A);
        }
        Await.until("all are in the file", () -> text().endsWith("alive: node-999 10.0.0.1:7946\n"));
        snapshot.notAlive("node-7");
        Await.until("the change is in the file", () -> text().endsWith("not-alive: node-7\n"));
        end(snapshot);
    }

    @Test
    void whatTheFileSaysAlreadyIsNotWrittenAgain() throws Exception {
        Files.writeString(file, "alive: a 10.0.0.1:7946\nclock: 3\n");
        SnapshotFile snapshot = SnapshotFile.open(file, false);
        snapshot.alive("a", A);
        snapshot.clocks(3, 0, 0);
        end(snapshot);
        assertEquals("alive: a 10.0.0.1:7946\nclock: 3\n", text());
    }

    @Test
    void aLeaveIsWrittenAtOnceAndNothingAfterIt() throws Exception {
        SnapshotFile snapshot = SnapshotFile.open(file, true);
        snapshot.alive("a", A);
        snapshot.leave();
        snapshot.notAlive("a");
        snapshot.clocks(9, 9, 9);
        Await.until("the leave is in the file", () -> text().endsWith("leave\n"));
        end(snapshot);
        assertEquals("alive: a 10.0.0.1:7946\nleave\n", text());
        assertEquals(Remembered.NOTHING, reopened(false));
        assertEquals(List.of(new Known("a", A)), reopened(true).alive());
    }

    @Test
    void theFileIsWrittenAnewBeforeItGrowsTooLong() throws Exception {
        SnapshotFile snapshot = SnapshotFile.open(file, false);
        snapshot.alive("stays", B);
        for (int round = 0; snapshot.compactions() == 0; round++) {
            assertTrue(round < 40, "never written anew");
            int before = round;
            for (int i = 0; i < 500; i++) {
                snapshot.alive("a-rather-long-name-of-a-member-that-comes-and-goes-" + round + "-" + i, A);
            }
            Await.until(
                    "round " + round + " is in the file",
                    () -> text().contains("-" + before + "-499 ") || compacted(snapshot));
            for (int i = 0; i < 500; i++) {
                snapshot.notAlive("a-rather-long-name-of-a-member-that-comes-and-goes-" + round + "-" + i);
            }
        }
        snapshot.clocks(7, 8, 9);
        end(snapshot);
        assertTrue(Files.size(file) < SnapshotLog.MIN_COMPACT_BYTES, Files.size(file) + " bytes");
        assertFalse(Files.exists(dir.resolve("snapshot.compact")));
        Remembered remembered = reopened(false);
        assertTrue(remembered.alive().contains(new Known("stays", B)));
        assertEquals(7, remembered.clock());
    }

    @Test
    void aTornEndIsTakenAwayBeforeAnythingIsAppended() throws Exception {
        Files.writeString(file, "alive: a 10.0.0.1:7946\nclock: 3\nalive: b 10.0.0.2:79");
        SnapshotFile snapshot = SnapshotFile.open(file, false);
        snapshot.alive("c", B);
        end(snapshot);
        assertEquals(
                "alive: a 10.0.0.1:7946\nalive: c 10.0.0.2:7947\nclock: 3\nevent-clock: 0\nquery-clock: 0\n", text());
        assertFalse(Files.exists(dir.resolve("snapshot.damaged")));
    }

    @Test
    void whatIsNoSnapshotIsKeptBesideTheNewOne() throws Exception {
        Files.writeString(file, "{\n  \"node_name\": \"a\"\n}\n");
        SnapshotFile snapshot = SnapshotFile.open(file, false);
        assertEquals(3, snapshot.remembered().ignored());
        snapshot.alive("a", A);
        end(snapshot);
        assertEquals("{\n  \"node_name\": \"a\"\n}\n", Files.readString(dir.resolve("snapshot.damaged")));
        assertEquals(List.of(new Known("a", A)), reopened(false).alive());
    }

    @Test
    void aDiskThatRefusesStopsNothingAndAllIsWrittenLater() throws Exception {
        Path away = Files.createDirectory(dir.resolve("away"));
        Path there = away.resolve("snapshot");
        Files.writeString(there, "alive: a 10.0.0.1:7946\ntorn");
        SnapshotFile snapshot = SnapshotFile.open(there, false);
        Files.delete(there);
        Files.delete(away);
        snapshot.alive("b", B);
        Await.until("the failure is counted", () -> snapshot.writeFailures() > 0);
        snapshot.alive("c", B);
        Files.createDirectory(away);
        end(snapshot);
        assertEquals(1, snapshot.writeFailures());
        SnapshotFile again = SnapshotFile.open(there, false);
        end(again);
        assertEquals(
                List.of("a", "b", "c"),
                again.remembered().alive().stream().map(Known::name).toList());
    }

    @Test
    void aFullDiskIsAnErrorOfTheWriteThatMetIt() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "no /dev/full here");
        try (SnapshotLog disk = new SnapshotLog(full)) {
            IOException e = assertThrows(IOException.class, () -> disk.append("alive: a 10.0.0.1:7946\n"));
            assertTrue(String.valueOf(e.getMessage()).contains("No space left"), e::toString);
        }
    }

    /** Who may choose a name must not be able to choose a line. */
    @Test
    void namesThatBreakALineAreNotRecorded() throws Exception {
        SnapshotFile snapshot = SnapshotFile.open(file, false);
        snapshot.alive("a", A);
        snapshot.alive("x\nleave\n#", A);
        snapshot.alive("", A);
        snapshot.notAlive("y".repeat(SnapshotReader.MAX_NAME_BYTES + 1));
        String longest = "z".repeat(SnapshotReader.MAX_NAME_BYTES);
        snapshot.alive(longest, B);
        end(snapshot);
        assertEquals(3, snapshot.notRecorded());
        assertEquals(
                List.of(new Known("a", A), new Known(longest, B)),
                reopened(false).alive());
    }

    @Test
    void ofTooManyTheOneHeardOfLongestAgoGoes() throws Exception {
        SnapshotFile snapshot = SnapshotFile.open(file, false);
        for (int i = 0; i < SnapshotReader.MAX_NAMES; i++) {
            snapshot.alive("node-" + i, A);
        }
        Await.until(
                "all are in the file",
                () -> text().endsWith("node-" + (SnapshotReader.MAX_NAMES - 1) + " 10.0.0.1:7946\n"));
        snapshot.alive("node-0", A);
        snapshot.alive("one more", B);
        end(snapshot);
        Remembered remembered = reopened(false);
        assertEquals(0, remembered.ignored());
        assertEquals(SnapshotReader.MAX_NAMES, remembered.alive().size());
        assertTrue(remembered.alive().contains(new Known("one more", B)));
        assertTrue(remembered.alive().contains(new Known("node-0", A)));
        assertFalse(remembered.alive().contains(new Known("node-1", A)));
    }

    @Test
    void manyThreadsMayTellItOfMembers() throws Exception {
        SnapshotFile snapshot = SnapshotFile.open(file, false);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int from = t * 100;
            Thread thread = new Thread(() -> {
                for (int i = from; i < from + 100; i++) {
                    snapshot.alive("node-" + i, A);
                    snapshot.clocks(i, i, i);
                    if (i % 2 == 0) {
                        snapshot.notAlive("node-" + i);
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        end(snapshot);
        Remembered remembered = reopened(false);
        assertEquals(200, remembered.alive().size());
        assertEquals(399, remembered.eventClock());
    }

    @Test
    void aLinkIsFollowedAlsoWhenTheFileIsWrittenAnew() throws Exception {
        Path target = Files.writeString(dir.resolve("target"), "torn");
        Files.createSymbolicLink(file, target);
        SnapshotFile snapshot = SnapshotFile.open(file, false);
        snapshot.alive("a", A);
        end(snapshot);
        assertTrue(Files.isSymbolicLink(file));
        assertTrue(Files.readString(target).startsWith("alive: a "));
    }

    @Test
    void aPlaceThatIsNoFileIsAnErrorThatNamesIt() {
        HearsayException directory = assertThrows(HearsayException.class, () -> SnapshotFile.open(dir, false));
        assertTrue(String.valueOf(directory.getMessage()).contains(dir + ": "), directory::toString);
        Path nowhere = dir.resolve("missing").resolve("snapshot");
        HearsayException missing = assertThrows(HearsayException.class, () -> SnapshotFile.open(nowhere, false));
        assertTrue(
                String.valueOf(missing.getMessage()).contains(nowhere + ": its directory does not exist"),
                missing::toString);
    }

    private Remembered reopened(boolean rejoin) throws Exception {
        SnapshotFile snapshot = SnapshotFile.open(file, rejoin);
        end(snapshot);
        return snapshot.remembered();
    }

    private static void end(SnapshotFile snapshot) throws Exception {
        snapshot.close().get(20, TimeUnit.SECONDS);
    }

    private static boolean compacted(SnapshotFile snapshot) {
        return snapshot.compactions() > 0;
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
