package dev.hearsay.api.node.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hearsay.core.Bytes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class KeyTextTest {
    @Property
    void bytes_of_any_kind_become_text_and_the_same_bytes_again(@ForAll @Size(max = 20) byte[] key) {
        assertEquals(Bytes.of(key), KeyText.bytes(KeyText.text(Bytes.of(key))));
    }

    @Property
    void text_becomes_bytes_and_the_same_text_again(@ForAll String text) {
        String valid = text.codePoints()
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertEquals(valid, KeyText.text(KeyText.bytes(valid)));
    }

    @Test
    void a_byte_that_is_no_text_is_shown_as_a_character_that_no_text_has() {
        assertEquals("a\uDCFFb", KeyText.text(Bytes.of(new byte[] {'a', (byte) 0xFF, 'b'})));
    }

    @Test
    void half_a_pair_of_surrogates_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> KeyText.bytes("\uD800"));
        assertThrows(IllegalArgumentException.class, () -> KeyText.name("\uDC80"));
    }
}
