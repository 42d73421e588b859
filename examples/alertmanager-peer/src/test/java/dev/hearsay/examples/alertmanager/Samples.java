package dev.hearsay.examples.alertmanager;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/** Captured payloads, by their names in the folder {@code vectors}. */
final class Samples {
    private Samples() {}

    static ByteString read(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/vectors/" + name + ".bin")) {
            return ByteString.readFrom(in);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** The first silence in a captured user message. */
    static Silence silence(String name) throws IOException {
        return Payloads.silences(Payloads.part(read(name)).data()).get(0);
    }

    /** Bytes, spaces between them ignored. */
    static ByteString hex(String digits) {
        return ByteString.copyFrom(HexFormat.of().parseHex(digits.replace(" ", "")));
    }
}
