package dev.hearsay.agent.mixed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What lies around the messages of a cluster: the four combinations of encryption and compression. */
enum Layers {
    PLAIN(false, false),
    COMPRESSED(false, true),
    ENCRYPTED(true, false),
    ENCRYPTED_COMPRESSED(true, true);

    /** 32 bytes in Base64; protects nothing but these clusters. */
    private static final String KEY = "bWl4ZWQgY2x1c3RlcnMgdXNlIHRoaXMga2V5IG9ubHk=";

    private final boolean encrypted;
    private final boolean compressed;

    Layers(boolean encrypted, boolean compressed) {
        this.encrypted = encrypted;
        this.compressed = compressed;
    }

    /** The flags with which an agent sends like this. Serf compresses unless told otherwise, ours only if told. */
    List<String> flags(Kind kind) {
        List<String> flags = new ArrayList<>();
        if (encrypted) {
            flags.add("-encrypt=" + KEY);
        }
        if (compressed && kind == Kind.OURS) {
            flags.add("-enable-compression");
        }
        if (!compressed && kind == Kind.SERF) {
            flags.add("-disable-compression");
        }
        return flags;
    }

    boolean encrypted() {
        return encrypted;
    }

    /** As on the command line: {@code encrypted-compressed}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Layers parse(String text) {
        for (Layers each : values()) {
            if (each.text().equals(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException(
                "no combination '" + text + "': plain, compressed, encrypted or encrypted-compressed");
    }
}
