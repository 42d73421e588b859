package dev.hearsay.experiment.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonAppend;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.hearsay.experiment.run.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A result as JSON, and back. The names are those of {@link RunResult}; before them stands {@code format}. Equal results give
 * equal bytes, and what is read back is equal to what was written. Thread-safe.
 */
public final class JsonResult {
    /** The form of the file. A change that an older reader would misunderstand gets the next number. */
    public static final int FORMAT = 1;

    private static final String FORMAT_FIELD = "format";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(new WriteOptional())
                    .addDeserializer(Optional.class, new ReadOptional()))
            .addMixIn(RunResult.class, FormatFirst.class)
            .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private JsonResult() {}

    /** Writes a result; the stream stays open. */
    public static void write(RunResult result, OutputStream out) throws IOException {
        MAPPER.writer()
                .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .withAttribute(FORMAT_FIELD, FORMAT)
                .writeValue(out, result);
        out.write('\n');
        out.flush();
    }

    /**
     * Reads a result.
     *
     * @param source what to call it in an error: the name of the file
     * @throws ResultException if it is none, or has another {@code format}
     * @throws IOException if it cannot be read
     */
    public static RunResult read(String source, InputStream in) throws IOException {
        try (JsonParser parser = MAPPER.createParser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT || !FORMAT_FIELD.equals(parser.nextFieldName())) {
                throw new ResultException(source + ": this is no result of a run: '{ \"format\"' must come first");
            }
            if (parser.nextToken() != JsonToken.VALUE_NUMBER_INT
                    || parser.getBigIntegerValue().bitLength() > 31
                    || parser.getIntValue() != FORMAT) {
                throw new ResultException(source + ": its format is " + parser.getText() + ", this version reads "
                        + FORMAT + ": run its scenario again, or use the version that wrote it");
            }
            if (parser.nextToken() != JsonToken.FIELD_NAME) {
                throw new ResultException(source + ": behind the format nothing follows");
            }
            return MAPPER.readerFor(RunResult.class).readValue(parser);
        } catch (JacksonException e) {
            // Which of its settings made Jackson refuse it helps nobody.
            String rule = e.getOriginalMessage().replaceAll(" \\(index [0-9]+\\); .*", "");
            throw new ResultException(source + place(e) + ": " + rule);
        }
    }

    private static String place(JacksonException e) {
        JsonLocation at = e.getLocation();
        String line = at == null || at.getLineNr() < 1 ? "" : ":" + at.getLineNr();
        String path =
                e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
                        ? ": " + mapping.getPathReference().replaceAll("[\\w.$]+\\[\"", "[\"")
                        : "";
        return line + path;
    }

    @JsonAppend(attrs = @JsonAppend.Attr(FORMAT_FIELD), prepend = true)
    private interface FormatFirst {}

    @SuppressWarnings({"rawtypes", "serial"}) // Jackson asks for the class without parameters; neither is ever stored.
    private static final class WriteOptional extends StdSerializer<Optional> {
        WriteOptional() {
            super(Optional.class);
        }

        @Override
        public void serialize(Optional value, JsonGenerator out, SerializerProvider all) throws IOException {
            if (value.isPresent()) {
                out.writeString((String) value.get());
            } else {
                out.writeNull();
            }
        }
    }

    @SuppressWarnings({"rawtypes", "serial"})
    private static final class ReadOptional extends StdDeserializer<Optional> {
        ReadOptional() {
            super(Optional.class);
        }

        @Override
        public Optional deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Optional.of(_parseString(in, context, this));
        }

        @Override
        public Optional getNullValue(DeserializationContext context) {
            return Optional.empty();
        }
    }
}
