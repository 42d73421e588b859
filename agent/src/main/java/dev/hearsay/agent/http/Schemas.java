package dev.hearsay.agent.http;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON schemas of records, each named once and referred to by its name. */
final class Schemas {
    private final Map<String, Class<?>> named = new TreeMap<>();
    private final Map<String, Object> components = new TreeMap<>();

    /** The schemas so far, by name. */
    Map<String, Object> components() {
        return components;
    }

    /**
     * The schema of a type.
     *
     * @throws IllegalArgumentException for a type that has none, or two records of one name
     */
    Map<String, Object> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] parts = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? object("type", "array", "items", of(parts[0]))
                    : object("type", "object", "additionalProperties", of(parts[1]));
        }
        if (type == String.class) {
            return Map.of("type", "string");
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return Map.of("type", "integer");
        }
        if (type == double.class || type == Double.class) {
            return Map.of("type", "number");
        }
        if (type == boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type instanceof Class<?> form && form.isRecord()) {
            return reference(form);
        }
        throw new IllegalArgumentException("no schema for " + type);
    }

    private Map<String, Object> reference(Class<?> form) {
        String name = form.getSimpleName();
        Class<?> before = named.putIfAbsent(name, form);
        if (before == null) {
            components.put(name, members(form));
        } else if (before != form) {
            throw new IllegalArgumentException(before + " and " + form + " have one name");
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    private Map<String, Object> members(Class<?> form) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : form.getRecordComponents()) {
            String name = Json.name(component.getName());
            Map<String, Object> property = new LinkedHashMap<>(of(component.getGenericType()));
            Doc doc = component.getAnnotation(Doc.class);
            if (doc != null) {
                property.put("description", doc.value());
            }
            properties.put(name, property);
            if (doc == null || !doc.optional()) {
                required.add(name);
            }
        }
        return object("type", "object", "properties", properties, "required", required, "additionalProperties", false);
    }

    /** A JSON object of names and values in turn, in that order. */
    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }
}
