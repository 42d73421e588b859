package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class QueryFiltersTest {
    private final QueryFilters filters = new QueryFilters();

    private boolean match(List<String> names, Map<String, String> tags, String name, Map<String, String> has) {
        return filters.match(QueryFilters.encode(names, tags), name, has);
    }

    @Test
    void no_filter_means_everybody() {
        assertTrue(match(List.of(), Map.of(), "a", Map.of()));
    }

    @Test
    void a_list_of_names_means_those_exactly() {
        assertTrue(match(List.of("a", "b"), Map.of(), "b", Map.of()));
        assertFalse(match(List.of("a", "b"), Map.of(), "ab", Map.of()));
    }

    @Test
    void an_expression_must_be_found_somewhere_in_the_tag_and_a_missing_tag_is_empty() {
        assertTrue(match(List.of(), Map.of("role", "eb"), "a", Map.of("role", "web")));
        assertFalse(match(List.of(), Map.of("role", "^eb"), "a", Map.of("role", "web")));
        assertFalse(match(List.of(), Map.of("role", "web"), "a", Map.of()));
        assertTrue(match(List.of(), Map.of("role", "^$"), "a", Map.of()));
    }

    @Test
    void all_filters_must_let_a_member_pass() {
        Map<String, String> has = Map.of("role", "web", "dc", "eu");
        assertTrue(match(List.of("a"), Map.of("role", "web", "dc", "eu"), "a", has));
        assertFalse(match(List.of("a"), Map.of("role", "web", "dc", "us"), "a", has));
        assertFalse(match(List.of("b"), Map.of("role", "web"), "a", has));
    }

    /** Serf 0.9.4: {@code query -node fake1 -node real1 -tag role=.*}. */
    @Test
    void captured_filters_are_understood_and_written_alike() throws WireException {
        byte[] packet = Vectors.named("udp-crc-user-serf-query").bytes();
        Message.Query query = (Message.Query) new PacketCodec(new DropCounters()).decode(packet, 0, packet.length);
        assertEquals(QueryFilters.encode(List.of("fake1", "real1"), Map.of("role", ".*")), query.filters());
        assertTrue(filters.match(query.filters(), "fake1", Map.of()));
        assertFalse(filters.match(query.filters(), "fake2", Map.of()));
    }

    @Test
    void an_expression_that_is_none_is_refused_when_asked_and_means_nobody_when_heard() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> QueryFilters.encode(List.of(), Map.of("a", "(")))
                .getMessage()
                .contains("missing closing )"));
        Bytes heard = Bytes.of(new byte[] {
            1,
            (byte) 0x82,
            (byte) 0xa4,
            'E',
            'x',
            'p',
            'r',
            (byte) 0xa1,
            '(',
            (byte) 0xa3,
            'T',
            'a',
            'g',
            (byte) 0xa1,
            'a'
        });
        assertFalse(filters.match(List.of(heard), "a", Map.of()));
    }

    @Test
    void an_expression_that_would_take_seconds_to_read_is_refused() {
        for (String large : List.of("((a{100}){100}){100}", "(a{1001})", "(a{3,500}){3}", "a{99999999999999999999}")) {
            assertThrows(
                    IllegalArgumentException.class, () -> QueryFilters.encode(List.of(), Map.of("a", large)), large);
        }
        assertTrue(match(List.of(), Map.of("a", "^(x{2,10}){3}$"), "n", Map.of("a", "xxxxxxxxx")));
        assertTrue(match(List.of(), Map.of("a", "^\\{1,2,3\\}$"), "n", Map.of("a", "{1,2,3}")));
    }

    @Property(tries = 500)
    void whatever_is_heard_means_somebody_or_nobody(@ForAll byte[] heard) {
        assertEquals(
                filters.match(List.of(Bytes.of(heard)), "a", Map.of("b", "c")),
                new QueryFilters().match(List.of(Bytes.of(heard)), "a", Map.of("b", "c")));
    }
}
