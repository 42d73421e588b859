package dev.hearsay.agent.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records to JSON and back. Names are written with underscores. Reading is strict: nothing unknown, nothing twice, no number
 * for a text; what is wrong is a {@link Problem} that says where.
 */
final class Json {
    private static final PropertyNamingStrategies.SnakeCaseStrategy NAMES =
            new PropertyNamingStrategies.SnakeCaseStrategy();
    /** Where Jackson repeats a place, in words that say nothing to a client. */
    private static final Pattern SOURCE = Pattern.compile("(?s) \\(start marker at .*| at \\[Source.*");

    private static final JsonMapper MAPPER = mapper();

    private Json() {}

    private static JsonMapper mapper() {
        return JsonMapper.builder()
                .propertyNamingStrategy(NAMES)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .withCoercionConfigDefaults(config -> {
                    for (CoercionInputShape shape : CoercionInputShape.values()) {
                        if (shape != CoercionInputShape.Integer) {
                            config.setCoercion(shape, CoercionAction.Fail);
                        }
                    }
                })
                .withCoercionConfig(LogicalType.Textual, Json::noScalars)
                .withCoercionConfig(LogicalType.Boolean, Json::noScalars)
                .build();
    }

    private static void noScalars(com.fasterxml.jackson.databind.cfg.MutableCoercionConfig config) {
        config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
        config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
        config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    /** A record's component as JSON names it. */
    static String name(String component) {
        return NAMES.translate(component);
    }

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a body.
     *
     * @throws Problem 400, naming line, column and field
     */
    static <T extends Record> T read(byte[] body, Class<T> type) throws Problem {
        T value;
        try {
            value = MAPPER.readValue(body, type);
        } catch (UnrecognizedPropertyException e) {
            String known = Stream.of(type.getRecordComponents())
                    .map(c -> name(c.getName()))
                    .collect(Collectors.joining(", "));
            throw new Problem(
                    400,
                    "unknown_field",
                    where(e.getLocation()) + "there is no field '" + e.getPropertyName() + "', only " + known,
                    path(e));
        } catch (MismatchedInputException e) {
            String field = path(e);
            String rule = "must be " + form(e.getTargetType());
            throw new Problem(
                    400,
                    field.isEmpty() ? "malformed_json" : "invalid_field",
                    where(e.getLocation()) + (field.isEmpty() ? "the body" : field) + " " + rule,
                    field.isEmpty() ? null : field);
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (value == null) {
            throw new Problem(400, "malformed_json", "the body must be an object, not null", null);
        }
        requireAll(value);
        return value;
    }

    private static Problem malformed(JsonProcessingException e) {
        String field = e instanceof JsonMappingException mapping ? path(mapping) : "";
        if (field.isEmpty() && e.getProcessor() instanceof JsonParser parser) {
            field = parser.getParsingContext().pathAsPointer().toString().replaceFirst("^/", "");
        }
        return new Problem(
                400,
                "malformed_json",
                where(e.getLocation())
                        + SOURCE.matcher(e.getOriginalMessage())
                                .replaceFirst("")
                                .lines()
                                .findFirst()
                                .orElse("not JSON"),
                field.isEmpty() ? null : field);
    }

    /** What must be there is, and no list or map holds a null. */
    private static void requireAll(Record value) throws Problem {
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            String name = name(component.getName());
            Object part = get(component, value);
            Doc doc = component.getAnnotation(Doc.class);
            if (part == null && (doc == null || !doc.optional())) {
                throw new Problem(400, "missing_field", name + ": is missing", name);
            }
            Collection<?> parts = part instanceof Map<?, ?> map
                    ? map.values()
                    : part instanceof Collection<?> list ? list : List.of();
            for (Object each : parts) {
                if (each == null) {
                    throw Problem.invalid(name, "must not hold null");
                }
            }
        }
    }

    private static @Nullable Object get(RecordComponent component, Record value) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component.toString(), e);
        }
    }

    private static String where(@Nullable JsonLocation at) {
        return at == null || at.getLineNr() < 0 ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining("/"));
    }

    private static String form(@Nullable Class<?> type) {
        if (type == String.class) {
            return "a text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type != null && (type.isPrimitive() || Number.class.isAssignableFrom(type))) {
            return "a whole number";
        }
        return type != null && Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }
}
