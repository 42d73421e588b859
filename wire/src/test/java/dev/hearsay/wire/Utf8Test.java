package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Our UTF-8 without arrays against the JDK's. */
class Utf8Test {
    @Property(tries = 2000)
    void length_and_bytes_are_those_of_the_jdk(@ForAll String text) {
        check(text);
    }

    @Example
    void lone_surrogates_become_question_marks_as_in_the_jdk() {
        for (String text :
                new String[] {"\uD800", "a\uDC00b", "\uD83D\uDE00", "\uD83D\uD83D\uDE00", "\uDE00\uD83D", "x\uD83D"}) {
            check(text);
        }
    }

    @Property(tries = 2000)
    void strict_reading_agrees_with_the_jdk_s_reporting_decoder(@ForAll byte[] bytes) {
        String expected;
        try {
            expected = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            assertNull(Utf8.strict(bytes, 0, bytes.length));
            return;
        }
        assertEquals(expected, Utf8.strict(bytes, 0, bytes.length));
    }

    private static void check(String text) {
        byte[] expected = text.getBytes(StandardCharsets.UTF_8);
        assertEquals(expected.length, Utf8.length(text));
        byte[] target = new byte[expected.length + 4];
        assertEquals(2 + expected.length, Utf8.write(text, target, 2));
        assertArrayEquals(expected, Arrays.copyOfRange(target, 2, 2 + expected.length));
    }
}
