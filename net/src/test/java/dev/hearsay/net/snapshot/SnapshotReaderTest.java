package dev.hearsay.net.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.net.snapshot.Remembered.Known;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotReaderTest {
    private static final Address A = Address.ipv4(10, 0, 0, 1, 7946);
    private static final Address B = Address.ipv4(10, 0, 0, 2, 7947);

    /** Line numbers, and why. */
    private final List<String> ignored = new ArrayList<>();

    @Test
    void aFileOfSerfIsUnderstood() {
        Remembered remembered = read(false, """
                alive: a 10.0.0.1:7946
                clock: 1
                coordinate: {"Vec":[0,0],"Error":1.5}
                # written by hand
                alive: b 10.0.0.2:7947
                clock: 3
                event-clock: 17
                query-clock: 4

                not-alive: a
                clock: 5
                """);
        assertEquals(new Remembered(List.of(new Known("b", B)), 5, 17, 4, 0, false), remembered);
        assertEquals(List.of(), ignored);
    }

    @Test
    void theLastSpaceDividesNameAndAddress() {
        Remembered remembered = read(
                false, "alive: web  one 10.0.0.1:7946\nalive: not-alive: x [::1]:1\nalive: fd00::2 [fd00::2]:65535\n");
        assertEquals(
                List.of(
                        "web  one at 10.0.0.1:7946",
                        "not-alive: x at [0:0:0:0:0:0:0:1]:1",
                        "fd00::2 at [fd00:0:0:0:0:0:0:2]:65535"),
                known(remembered));
    }

    @Test
    void aLeaveForgetsEverythingAboveUnlessOneIsToRejoin() {
        String file =
                "alive: a 10.0.0.1:7946\nclock: 9\nevent-clock: 8\nquery-clock: 7\nleave\nalive: b 10.0.0.2:7947\n";
        assertEquals(new Remembered(List.of(new Known("b", B)), 0, 0, 0, 0, false), read(false, file));
        assertEquals(
                new Remembered(List.of(new Known("a", A), new Known("b", B)), 9, 8, 7, 0, false), read(true, file));
    }

    /** Half a port looks like a whole one. */
    @Test
    void aLineThatDoesNotEndIsNotBelieved() {
        Remembered remembered = read(false, "alive: a 10.0.0.1:7946\nalive: b 10.0.0.2:79");
        assertEquals(new Remembered(List.of(new Known("a", A)), 0, 0, 0, 0, true), remembered);
        assertEquals(List.of("2 does not end: it was torn when the node stopped"), ignored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alive: a",
                "alive: ",
                "alive:  10.0.0.3:7946",
                "alive: a 10.0.0.3",
                "alive: a 10.0.0.3:",
                "alive: a 10.0.0.3:0",
                "alive: a 10.0.0.3:65536",
                "alive: a 10.0.0.3:007946",
                "alive: a 10.0.0.3:-1",
                "alive: a 10.0.0.3:+1",
                "alive: a 10.0.3:7946",
                "alive: a example.org:7946",
                "alive: a ::1:7946",
                "alive: a [10.0.0.3]:7946",
                "alive: a [fe80::1%eth0]:7946",
                "alive: a []:7946",
                "alive: a 10.0.0.3:7946\r",
                "alive a 10.0.0.3:7946",
                "clock: ",
                "clock: x",
                "clock: -1",
                "clock: +1",
                "clock: 9223372036854775808",
                "event-clock: 1 2",
                "query-clock:3",
                "Leave",
                "leave ",
                "\u0000\u0000\u0000\u0000",
                "{\"node_name\": \"a\"}"
            })
    void aDamagedLineCostsThatLine(String line) {
        String file = "alive: b 10.0.0.2:7947\nclock: 4\n" + line + "\nevent-clock: 6\nquery-clock: 8\n";
        assertEquals(new Remembered(List.of(new Known("b", B)), 4, 6, 8, 1, false), read(false, file));
        assertTrue(ignored.get(0).startsWith("3 "), ignored::toString);
    }

    @Test
    void whatIsNoTextOrTooLongIsSkippedAndTheNextLineIsFound() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {'a', 'l', 'i', 'v', 'e', ':', ' ', (byte) 0xFF, ' ', '1', '\n'});
        file.writeBytes(("alive: " + "x".repeat(100_000) + " 10.0.0.1:7946\n").getBytes(StandardCharsets.UTF_8));
        file.writeBytes("alive: b 10.0.0.2:7947\n".getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("b at 10.0.0.2:7947"), known(read(false, file.toByteArray())));
        assertEquals(List.of("1 is no text in UTF-8", "2 is longer than 4096 bytes"), ignored);
    }

    @Test
    void whatIsShownOfALineIsShortAndHarmless() {
        read(false, "\u001b[2Jhello" + "x".repeat(100) + "\n");
        assertEquals(List.of("1 says nothing known: '?[2Jhello" + "x".repeat(51) + "...'"), ignored);
    }

    @Test
    void moreMembersThanItHoldsAreIgnored() {
        StringBuilder file = new StringBuilder();
        for (int i = 0; i <= SnapshotReader.MAX_NAMES; i++) {
            file.append("alive: node-").append(i).append(" 10.0.0.1:7946\n");
        }
        file.append("alive: node-0 10.0.0.2:7947\n");
        Remembered remembered = read(false, file.toString());
        assertEquals(SnapshotReader.MAX_NAMES, remembered.alive().size());
        assertEquals(1, remembered.ignored());
        assertEquals(new Known("node-0", B), remembered.alive().get(0));
    }

    @Property
    void noBytesThrow(@ForAll @Size(max = 5000) byte[] bytes, @ForAll boolean rejoin) {
        Remembered remembered = read(rejoin, bytes);
        assertTrue(remembered.alive().size() <= bytes.length);
        assertEquals(ignored.size(), remembered.ignored() + (remembered.torn() ? 1 : 0));
    }

    /** Damage to one line of a good file costs at most what that line said. */
    @Property
    void oneByteThatIsWrongCostsAtMostOneMember(
            @ForAll @Size(min = 1, max = 20) List<@AlphaChars @NotBlank String> names,
            @ForAll @IntRange(max = 10_000) int place,
            @ForAll byte wrong) {
        Map<String, Address> written = new LinkedHashMap<>();
        StringBuilder file = new StringBuilder();
        for (String name : names) {
            written.put(name, A);
            file.append("alive: ").append(name).append(" 10.0.0.1:7946\n");
        }
        byte[] bytes = file.toString().getBytes(StandardCharsets.UTF_8);
        bytes[place % bytes.length] = wrong;
        long kept = read(false, bytes).alive().stream()
                .filter(known -> known.address().equals(written.get(known.name())))
                .count();
        // A line break in the wrong place makes two of one, the loss of one makes one of two.
        assertTrue(kept >= written.size() - 2, () -> kept + " of " + written.keySet());
    }

    private Remembered read(boolean rejoin, String file) {
        return read(rejoin, file.getBytes(StandardCharsets.UTF_8));
    }

    private Remembered read(boolean rejoin, byte[] file) {
        ignored.clear();
        try {
            return SnapshotReader.read(
                    new ByteArrayInputStream(file), rejoin, (why, line) -> ignored.add(line + " " + why));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> known(Remembered remembered) {
        return remembered.alive().stream()
                .map(known -> known.name() + " at " + known.address())
                .collect(Collectors.toList());
    }
}
