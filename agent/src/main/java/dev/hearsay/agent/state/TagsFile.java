package dev.hearsay.agent.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Serf's tags file: a JSON object of texts. */
public final class TagsFile {
    private final Path file;

    /** A file that need not exist yet. */
    public TagsFile(Path file) {
        this.file = file;
    }

    /**
     * Its tags; none if it does not exist.
     *
     * @throws IOException if it cannot be read or holds something else; one line, without the file's name
     */
    public Map<String, String> read() throws IOException {
        return Files.exists(file) ? StateFile.read(file, TagsFile::tags) : Map.of();
    }

    /** Replaces its content, in Serf's layout and with mode 0600. */
    public void save(Map<String, String> tags) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out).setPrettyPrinter(goLayout())) {
            json.writeStartObject();
            for (Map.Entry<String, String> tag : new TreeMap<>(tags).entrySet()) {
                json.writeStringField(tag.getKey(), tag.getValue());
            }
            json.writeEndObject();
        }
        StateFile.replace(file, out.toByteArray());
    }

    /** Go's encoder writes no blank before the colon, and nothing into an empty object. */
    private static DefaultPrettyPrinter goLayout() {
        return new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator(""));
    }

    private static Map<String, String> tags(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("it must be a JSON object of texts, {\"key\": \"value\"}");
        }
        Map<String, String> tags = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw new IOException("the value of '" + key + "' must be a text, at "
                        + StateFile.place(parser.currentTokenLocation()));
            }
            tags.put(key, parser.getText());
        }
        return tags;
    }
}
