package dev.hearsay.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hearsay.core.Bytes;
import dev.hearsay.wire.ConflictMessages;
import dev.hearsay.wire.KeyMessages;
import dev.hearsay.wire.QueryFilters;
import dev.hearsay.wire.WireException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What Serf's own queries and their answers carry, and the filters of queries. */
class PayloadFuzz {
    /** An expression of 1,000 repetitions, and the states of one repetition of the longest. */
    private static final long FREE_BYTES = 64 << 20;

    private static final Map<String, String> TAGS = Map.of("role", "web", "dc", "eu-1");

    static Stream<byte[]> filters() {
        HexFormat hex = HexFormat.of();
        return Stream.of(
                hex.parseHex("0092a566616b6531a57265616c31"),
                hex.parseHex("0182a445787072a22e2aa3546167a4726f6c65"),
                hex.parseHex("0182a445787072ab28787b357d297b357d2b24a3546167a26463"),
                hex.parseHex("02"));
    }

    static Stream<byte[]> payloads() {
        HexFormat hex = HexFormat.of();
        return Stream.of(
                hex.parseHex("0781a34b6579b000000000000000000000000000000000"),
                hex.parseHex("0884a44b65797391a16ba74d657373616765a0aa5072696d6172794b6579a16ba6526573756c74c3"),
                hex.parseHex("068ba441646472a47f000709a4506f7274cd1f0a"),
                hex.parseHex("06c0"));
    }

    /** Any filter means some members, or nobody, and says the same again. */
    @MethodSource("filters")
    @FuzzTest
    void filter(byte[] filter) {
        List<Bytes> filters = List.of(Bytes.of(filter));
        boolean[] first = new boolean[1];
        Allocation.atMost(FREE_BYTES, () -> first[0] = new QueryFilters().match(filters, "real1", TAGS));
        assertEquals(first[0], new QueryFilters().match(filters, "real1", TAGS));
        assertFalse(filter.length == 0 && first[0], "an empty filter means somebody");
    }

    /** A payload is understood or refused; what is understood can be written and means the same. */
    @MethodSource("payloads")
    @FuzzTest
    void payload(byte[] payload) {
        Bytes bytes = Bytes.of(payload);
        try {
            KeyMessages.Answer answer = KeyMessages.readAnswer(bytes);
            assertEquals(answer, KeyMessages.readAnswer(KeyMessages.answer(answer)));
        } catch (WireException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
        }
        try {
            assertEquals(
                    KeyMessages.readRequest(bytes),
                    KeyMessages.readRequest(KeyMessages.request(KeyMessages.readRequest(bytes))));
        } catch (WireException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
        }
        try {
            ConflictMessages.read(bytes);
        } catch (WireException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
        }
    }
}
