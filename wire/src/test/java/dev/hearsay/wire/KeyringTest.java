package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of memberlist's keyring (wire specification, 2.7). */
class KeyringTest {
    private static final GossipKey A = Vectors.key(0);
    private static final GossipKey B = Vectors.key(1);
    private static final GossipKey C = Vectors.key(2);

    @Test
    void a_key_installed_decrypts_only_and_twice_is_once() {
        Keyring ring = Keyring.of(A).install(B);
        assertEquals(List.of(A, B), ring.keys());
        assertEquals(A, ring.primary());
        assertSame(ring, ring.install(Vectors.key(1)));
    }

    @Test
    void a_key_in_use_comes_first_and_the_others_keep_their_order() {
        assertEquals(List.of(C, A, B), Keyring.of(A, B, C).use(C).keys());
        assertEquals(List.of(A, B), Keyring.of(A, B).use(A).keys());
    }

    @Test
    void a_key_that_is_not_there_cannot_be_used() {
        assertError("Requested key is not in the keyring", () -> Keyring.of(A).use(B));
    }

    @Test
    void the_primary_key_cannot_be_removed_and_others_can_also_twice() {
        Keyring ring = Keyring.of(A, B);
        assertError("Removing the primary key is not allowed", () -> ring.remove(A));
        assertEquals(Keyring.of(A), ring.remove(B).remove(B));
    }

    @Test
    void a_keyring_has_one_key_at_least_and_not_too_many() {
        assertThrows(IllegalArgumentException.class, Keyring::of);
        List<GossipKey> many = new ArrayList<>();
        for (int i = 0; i < Keyring.MAX_KEYS; i++) {
            many.add(Vectors.key(i));
        }
        Keyring full = new Keyring(many);
        String message = assertThrows(IllegalArgumentException.class, () -> full.install(Vectors.key(100)))
                .getMessage();
        assertTrue(message.startsWith("keyring has 33 keys: must have 1 to 32"), message);
    }

    @Test
    void a_key_given_twice_is_a_mistake() {
        assertError("keyring has key number 3 twice", () -> Keyring.of(A, B, Vectors.key(0)));
    }

    @Test
    void a_keyring_does_not_change_with_the_list_it_was_made_of() {
        List<GossipKey> keys = new ArrayList<>(List.of(A));
        Keyring ring = new Keyring(keys);
        keys.add(B);
        assertEquals(List.of(A), ring.keys());
        byte[] secret = new byte[16];
        GossipKey key = GossipKey.of(secret);
        secret[0] = 1;
        assertEquals(GossipKey.of(new byte[16]), key);
        assertNotEquals(GossipKey.of(secret), key);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 17, 20, 31, 33, 64})
    void a_key_of_another_length_than_16_24_or_32_bytes_is_refused(int length) {
        assertError(
                "encryption key has " + length + " bytes: must be 16, 24 or 32", () -> GossipKey.of(new byte[length]));
    }

    @Test
    void a_key_is_read_and_written_in_serf_s_form() {
        String text = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        assertEquals(A, GossipKey.parse(text));
        assertEquals(text, A.toBase64());
    }

    @Test
    void no_text_tells_the_secret() {
        assertEquals("a key of 32 bytes", A.toString());
        assertFalse(Keyring.of(A).toString().contains("AAEC"));
        String message = assertThrows(IllegalArgumentException.class, () -> GossipKey.parse("secret!"))
                .getMessage();
        assertEquals("encryption key is not Base64", message);
    }

    private static void assertError(String message, Runnable action) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
