package dev.hearsay.agent.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.Keyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Serf's keyring file: a JSON list of keys in Base64, the primary one first. No error repeats a key. */
final class KeyringFile {
    /** More than the largest keyring needs. */
    private static final int MAX_BYTES = 64 * 1024;

    private KeyringFile() {}

    static Keyring read(Path file) throws UsageException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw bad(file, "it has more than " + MAX_BYTES + " bytes");
            }
            List<GossipKey> keys = new ArrayList<>();
            for (String text : texts(file, Files.readAllBytes(file))) {
                keys.add(key(file, keys.size() + 1, text));
            }
            return new Keyring(keys);
        } catch (NoSuchFileException e) {
            throw bad(file, "there is no such file");
        } catch (IOException e) {
            throw bad(file, "it cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw bad(file, String.valueOf(e.getMessage()));
        }
    }

    private static GossipKey key(Path file, int number, String text) throws UsageException {
        try {
            return GossipKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw bad(file, "key number " + number + ": " + e.getMessage());
        }
    }

    private static List<String> texts(Path file, byte[] json) throws IOException, UsageException {
        List<String> texts = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw bad(file, "it must be a JSON list of keys, [\"...\"]");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.VALUE_STRING || texts.size() == Keyring.MAX_KEYS) {
                    throw bad(file, "it must be a JSON list of at most " + Keyring.MAX_KEYS + " texts");
                }
                texts.add(parser.getText());
            }
            return texts;
        } catch (JsonProcessingException e) {
            // The parser's own message would quote from the file.
            throw bad(
                    file,
                    "it is no JSON, at line " + e.getLocation().getLineNr() + " column "
                            + e.getLocation().getColumnNr());
        }
    }

    private static UsageException bad(Path file, String why) {
        return UsageException.invalid("-keyring-file", file.toString(), why);
    }
}
