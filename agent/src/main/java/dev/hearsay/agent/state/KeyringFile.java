package dev.hearsay.agent.state;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hearsay.api.KeyringStore;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.Keyring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Serf's keyring file: a JSON list of keys in Base64, the primary one first. No error repeats a key. */
public final class KeyringFile implements KeyringStore {
    private final Path file;

    /** A file that need not exist yet. */
    public KeyringFile(Path file) {
        this.file = file;
    }

    /**
     * Its keys.
     *
     * @throws IOException if it is not there, cannot be read or holds no keyring; one line, without the file's name
     */
    public Keyring read() throws IOException {
        return StateFile.read(file, KeyringFile::keyring);
    }

    /** Replaces its content, one key on a line as Serf does, with mode 0600. */
    @Override
    public void save(Keyring keyring) throws IOException {
        // Base64 has nothing that JSON would have to escape.
        String json = keyring.keys().stream()
                .map(key -> "  \"" + key.toBase64() + "\"")
                .collect(Collectors.joining(",\n", "[\n", "\n]"));
        StateFile.replace(file, json.getBytes(StandardCharsets.US_ASCII));
    }

    private static Keyring keyring(JsonParser parser) throws IOException {
        List<GossipKey> keys = new ArrayList<>();
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw new IOException("it must be a JSON list of keys, [\"...\"]");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_STRING || keys.size() == Keyring.MAX_KEYS) {
                throw new IOException("it must be a JSON list of at most " + Keyring.MAX_KEYS + " texts");
            }
            try {
                keys.add(GossipKey.parse(parser.getText()));
            } catch (IllegalArgumentException e) {
                throw new IOException("key number " + (keys.size() + 1) + ": " + e.getMessage(), e);
            }
        }
        try {
            return new Keyring(keys);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
