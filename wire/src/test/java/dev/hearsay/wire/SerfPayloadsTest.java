package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.Versions;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The payloads of Serf's own queries, captured from Serf 0.9.4 and accepted by it. */
class SerfPayloadsTest {
    private static final GossipKey KEY = GossipKey.parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    private static Bytes payload(String name) throws WireException {
        byte[] packet = Vectors.named(name).bytes();
        WireConfig encrypted =
                WireConfig.PLAIN.toBuilder().keyring(Keyring.of(KEY)).build();
        Message message = new PacketCodec(
                        () -> name.startsWith("enc") ? encrypted : WireConfig.PLAIN, new DropCounters())
                .decode(packet, 0, packet.length);
        return message instanceof Message.Query query ? query.payload() : ((Message.QueryAnswer) message).payload();
    }

    @Test
    void a_captured_request_to_install_a_key_is_read_and_written_alike() throws WireException {
        Bytes captured = payload("enc-udp-crc-user-serf-query-install-key");
        GossipKey key = KeyMessages.readRequest(captured);
        assertEquals("ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=", key.toBase64());
        assertEquals(captured, KeyMessages.request(key));
    }

    @Test
    void a_captured_request_for_all_keys_is_written_alike_and_has_none() throws WireException {
        Bytes captured = payload("enc-udp-crc-user-serf-query-list-keys");
        assertEquals(captured, KeyMessages.listRequest());
        assertThrows(WireException.class, () -> KeyMessages.readRequest(captured));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enc-udp-user-serf-queryresponse-key-ours",
                "enc-udp-user-serf-queryresponse-list-keys",
                "enc-udp-user-serf-queryresponse-use-key-error"
            })
    void a_captured_answer_about_keys_is_read_and_written_alike(String name) throws WireException {
        Bytes captured = payload(name);
        assertEquals(captured, KeyMessages.answer(KeyMessages.readAnswer(captured)));
    }

    @Test
    void a_captured_answer_says_which_keys_there_are_or_why_not() throws WireException {
        KeyMessages.Answer list = KeyMessages.readAnswer(payload("enc-udp-user-serf-queryresponse-list-keys"));
        assertEquals(2, list.keys().size());
        KeyMessages.Answer error = KeyMessages.readAnswer(payload("enc-udp-user-serf-queryresponse-use-key-error"));
        assertEquals("Requested key is not in the keyring", error.message());
        assertEquals(false, error.result());
    }

    @Test
    void a_captured_answer_about_a_name_tells_where_its_holder_is() throws WireException {
        Bytes captured = payload("enc-udp-user-serf-queryresponse-conflict");
        assertEquals(Address.ipv4(127, 0, 7, 9, 7946), ConflictMessages.read(captured));
        assertEquals(
                captured,
                ConflictMessages.answer(new ConflictMessages.Holder(
                        "fake1", Address.ipv4(127, 0, 7, 9, 7946), Map.of("role", "fake"), 1, Versions.SERF)));
    }

    @Test
    void nobody_has_a_name() throws WireException {
        assertNull(ConflictMessages.read(ConflictMessages.answer(null)));
    }

    @Property(tries = 300)
    void whatever_comes_is_understood_or_refused(@ForAll byte[] bytes, @ForAll("kinds") int kind) {
        byte[] behindKind = new byte[bytes.length + 1];
        behindKind[0] = (byte) kind;
        System.arraycopy(bytes, 0, behindKind, 1, bytes.length);
        for (Bytes payload : List.of(Bytes.of(bytes), Bytes.of(behindKind))) {
            attempt(() -> KeyMessages.readRequest(payload));
            attempt(() -> KeyMessages.readAnswer(payload));
            attempt(() -> ConflictMessages.read(payload));
        }
    }

    @net.jqwik.api.Provide
    net.jqwik.api.Arbitrary<Integer> kinds() {
        return net.jqwik.api.Arbitraries.of(Kind.SERF_CONFLICT_ANSWER, Kind.SERF_KEY_REQUEST, Kind.SERF_KEY_ANSWER);
    }

    private interface Reading {
        void read() throws WireException;
    }

    private static void attempt(Reading reading) {
        try {
            reading.read();
        } catch (WireException e) {
            assertEquals(false, String.valueOf(e.getMessage()).isEmpty());
        }
    }
}
