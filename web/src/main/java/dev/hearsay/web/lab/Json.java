package dev.hearsay.web.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON, as much as a page and the engine say to each other: text in, maps, lists, strings, numbers and truth values out. The same on a JVM and in a browser, where
 * a library of the JVM would be more than the rest of the engine.
 */
final class Json {
    /** Longest text that is read, in characters: a list of all nodes is a tenth of that. */
    static final int MOST_CHARS = 1 << 20;

    private static final int MOST_DEPTH = 8;
    private static final int SHOWN = 40;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException saying what is wrong, and where
     */
    static Map<String, Object> object(String text) {
        if (read(text) instanceof Map<?, ?> map) {
            Map<String, Object> object = new LinkedHashMap<>();
            map.forEach((name, value) -> object.put(String.valueOf(name), value));
            return object;
        }
        throw new IllegalArgumentException("JSON '" + shortened(text) + "': must be an object");
    }

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException saying what is wrong, and where
     */
    static List<Object> list(String text) {
        if (read(text) instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        throw new IllegalArgumentException("JSON '" + shortened(text) + "': must be a list");
    }

    private static Object read(String text) {
        if (text.length() > MOST_CHARS) {
            throw new IllegalArgumentException(
                    "JSON of " + text.length() + " characters is too long: must be at most " + MOST_CHARS);
        }
        Json json = new Json(text);
        Object value = json.value(0);
        json.space();
        if (json.at < text.length()) {
            throw json.wrong("the end");
        }
        return value;
    }

    private Object value(int depth) {
        space();
        if (depth > MOST_DEPTH) {
            throw wrong("at most " + MOST_DEPTH + " levels");
        }
        if (taken('{')) {
            return members(depth);
        } else if (taken('[')) {
            return elements(depth);
        } else if (at < text.length() && text.charAt(at) == '"') {
            return string();
        } else if (text.startsWith("true", at)) {
            at += 4;
            return true;
        } else if (text.startsWith("false", at)) {
            at += 5;
            return false;
        }
        return number();
    }

    private Map<String, Object> members(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (!taken('}')) {
            if (!members.isEmpty()) {
                take(',');
            }
            space();
            String name = string();
            take(':');
            members.put(name, value(depth + 1));
        }
        return members;
    }

    private List<Object> elements(int depth) {
        List<Object> elements = new ArrayList<>();
        while (!taken(']')) {
            if (!elements.isEmpty()) {
                take(',');
            }
            elements.add(value(depth + 1));
        }
        return elements;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        if (at == text.length() || text.charAt(at) != '"') {
            throw wrong("a string");
        }
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return string.toString();
            }
            if (c == '\\') {
                throw wrong("a string without escapes: no name here needs one");
            }
            string.append(c);
        }
        throw wrong("a string that ends");
    }

    private double number() {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            return Double.parseDouble(text.substring(from, at));
        } catch (NumberFormatException e) {
            at = from;
            throw wrong("a value");
        }
    }

    private void take(char c) {
        if (!taken(c)) {
            throw wrong("'" + c + "'");
        }
    }

    private boolean taken(char c) {
        space();
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void space() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException(
                "JSON at character " + at + ", '" + shortened(text.substring(at)) + "': must be " + expected);
    }

    // ---- writing

    /** A value as JSON: maps, lists, strings, whole and other numbers, truth values. */
    static String of(Object value) {
        StringBuilder to = new StringBuilder();
        write(value, to);
        return to.toString();
    }

    private static void write(Object value, StringBuilder to) {
        if (value instanceof Map<?, ?> map) {
            String between = "{";
            for (Map.Entry<?, ?> each : map.entrySet()) {
                to.append(between);
                write(each.getKey(), to);
                to.append(':');
                write(each.getValue(), to);
                between = ",";
            }
            to.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof Iterable<?> list) {
            String between = "";
            to.append('[');
            for (Object each : list) {
                to.append(between);
                write(each, to);
                between = ",";
            }
            to.append(']');
        } else if (value instanceof String text) {
            string(text, to);
        } else {
            to.append(value instanceof Double number ? Numbers.text(number) : value);
        }
    }

    private static void string(String text, StringBuilder to) {
        to.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                to.append('\\').append(c);
            } else if (c < ' ') {
                String digits = "000" + Integer.toHexString(c);
                to.append("\\u").append(digits.substring(digits.length() - 4));
            } else {
                to.append(c);
            }
        }
        to.append('"');
    }

    /** The beginning of a text that somebody else wrote, for a message. */
    static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
