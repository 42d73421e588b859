package dev.hearsay.net.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hearsay.net.snapshot.Remembered.Known;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Snapshot files: whatever is in one, a node starts. */
class SnapshotFuzz {
    static Stream<byte[]> files() {
        return Stream.of(
                        "alive: a 10.0.0.1:7946\nclock: 3\nevent-clock: 2\nquery-clock: 1\nnot-alive: a\nleave\n",
                        "alive: web one [fd00::1]:7946\n# by hand\ncoordinate: {}\n\nalive: torn 10.0.0.1:79",
                        "clock: 9223372036854775808\nclock: -1\nalive:  10.0.0.1:1\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Any bytes are read without a failure, and what was remembered is remembered again if it is written. */
    @MethodSource("files")
    @FuzzTest
    void read(byte[] file) {
        Remembered remembered = parse(file);
        StringBuilder again = new StringBuilder();
        for (Known known : remembered.alive()) {
            assertTrue(!known.name().isEmpty() && known.address().port() > 0, known::toString);
            again.append("alive: ")
                    .append(known.name())
                    .append(' ')
                    .append(known.address())
                    .append('\n');
        }
        Remembered second = parse(again.toString().getBytes(StandardCharsets.UTF_8));
        assertEquals(remembered.alive(), second.alive());
        assertEquals(0, second.ignored());
    }

    private static Remembered parse(byte[] file) {
        try {
            return SnapshotReader.read(new ByteArrayInputStream(file), false, (why, line) -> {
                if (why.isEmpty() || line < 1) {
                    throw new AssertionError("line " + line + " " + why);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
