package dev.hearsay.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hearsay.wire.WireConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/** The state of the layer above memberlist, Serf's intents above all, and the records of members: in a push/pull. */
class StateFuzz {
    static Stream<byte[]> states() {
        return Seeds.messages().stream()
                .filter(message -> message[0] == 6)
                .map(message ->
                        Seeds.with(java.util.Arrays.copyOfRange(message, endOfClaims(message), message.length), 0, 7));
    }

    /** The first byte chooses the configuration, the second the cuts; the others are the state, announced as long as it is. */
    @MethodSource("states")
    @FuzzTest
    void state(byte[] bytes) {
        Input input = new Input(bytes);
        WireConfig config = Configs.ALL.get(input.choice(2));
        int cuts = input.octet();
        byte[] state = input.rest();
        StreamFuzz.check(config, false, cuts, pushPull(state));
    }

    private static byte[] pushPull(byte[] state) {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            packer.packByte((byte) 6);
            packer.packMapHeader(1);
            packer.packString("UserStateLen");
            packer.packInt(state.length);
            packer.writePayload(state);
            return packer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where Serf's state begins: behind its kind, 2, and in front of its map of six. */
    private static int endOfClaims(byte[] message) {
        for (int at = message.length - 2; at > 0; at--) {
            if (message[at] == 2 && message[at + 1] == (byte) 0x86) {
                return at;
            }
        }
        return message.length;
    }
}
