package dev.hearsay.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hearsay.fuzz.Allocation;
import dev.hearsay.fuzz.Input;
import dev.hearsay.fuzz.Seeds;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.msgpack.core.MessageIntegerOverflowException;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;

/** msgpack: where an object ends, and which number it is, by our two readers and by the library of msgpack itself. */
class MsgpackFuzz {
    private static final int NO_END = -1;

    private final RawReader reader = new RawReader();
    private final ObjectScanner scanner = new ObjectScanner();

    static Stream<byte[]> objects() {
        return Seeds.messages().stream().map(bytes -> Seeds.with(Arrays.copyOfRange(bytes, 1, bytes.length), 3));
    }

    /** The first byte chooses the size of the pieces that the scanner sees; the others are an object. */
    @MethodSource("objects")
    @FuzzTest
    void object(byte[] bytes) throws IOException {
        Input input = new Input(bytes);
        int piece = 1 + input.octet();
        byte[] object = input.rest();
        int[] end = new int[1];
        Allocation.atMost(1024, () -> end[0] = skipped(object));
        assertEquals(end[0], scanned(object, piece), "in pieces of " + piece + " bytes");
        assertEquals(endForLibrary(object), end[0]);
        if (end[0] != NO_END) {
            number(object);
        }
    }

    private int skipped(byte[] object) {
        reader.reset(object, 0, object.length);
        try {
            reader.skip();
            return reader.position();
        } catch (WireException e) {
            return NO_END;
        }
    }

    private int scanned(byte[] object, int piece) {
        scanner.reset();
        int at = 0;
        try {
            for (int to = 0; !scanner.done() && to < object.length; ) {
                to = Math.min(object.length, to + piece);
                at += scanner.advance(object, at, to);
            }
        } catch (WireException e) {
            return NO_END;
        }
        return scanner.done() ? at : NO_END;
    }

    private void number(byte[] object) throws IOException {
        reader.reset(object, 0, object.length);
        String ours;
        try {
            ours = reader.peek() == RawReader.Type.NUMBER ? String.valueOf(reader.number()) : "none";
        } catch (WireException e) {
            ours = e.reason().name();
        }
        String theirs;
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(object)) {
            boolean integer = unpacker.getNextFormat().getValueType() == ValueType.INTEGER;
            theirs = integer ? String.valueOf(unpacker.unpackLong()) : "none";
        } catch (MessageIntegerOverflowException e) {
            theirs = DropReason.MALFORMED.name();
        }
        assertEquals(theirs, ours);
    }

    /** Token by token: the library's own way to skip an object counts its parts in 31 bits. */
    private static int endForLibrary(byte[] object) throws IOException {
        long[] open = new long[Limits.MSGPACK_DEPTH + 1];
        open[0] = 1;
        int depth = 0;
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(object)) {
            while (depth > 0 || open[0] > 0) {
                if (open[depth] == 0) {
                    depth--;
                    continue;
                }
                open[depth]--;
                ValueType type = unpacker.getNextFormat().getValueType();
                long inside = 0;
                if (type == ValueType.ARRAY) {
                    inside = unpacker.unpackArrayHeader();
                } else if (type == ValueType.MAP) {
                    inside = 2L * unpacker.unpackMapHeader();
                } else {
                    unpacker.skipValue();
                }
                if (inside > 0 && depth == Limits.MSGPACK_DEPTH) {
                    return NO_END;
                }
                if (inside > 0) {
                    open[++depth] = inside;
                }
            }
            return unpacker.getTotalReadBytes() > object.length ? NO_END : (int) unpacker.getTotalReadBytes();
        } catch (MessagePackException e) {
            return NO_END;
        }
    }
}
