package dev.hearsay.agent.cli;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/**
 * Prints maps, lists, texts and numbers as indented JSON, byte for byte as Go's {@code MarshalIndent} does. Output only, a
 * page of code: a library would double the start of a short command.
 */
public final class Json {
    /** Prints as null. */
    static final Object NULL = new Object();

    private Json() {}

    /** That value as text of several lines. */
    public static String show(Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value, "\n");
        return out.toString();
    }

    /** In one line: a map of texts, numbers and flags, for lines that each are JSON. */
    static String line(Map<String, ?> map) {
        StringBuilder out = new StringBuilder("{");
        map.forEach((name, value) -> {
            out.append(out.length() == 1 ? "" : ", ");
            quote(out, name);
            out.append(": ");
            write(out, value, "");
        });
        return out.append('}').toString();
    }

    private static void write(StringBuilder out, Object value, String newline) {
        if (value == NULL) {
            out.append("null");
        } else if (value instanceof Map<?, ?> map) {
            writeMap(out, map, newline);
        } else if (value instanceof Collection<?> list) {
            writeList(out, list, newline);
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            quote(out, String.valueOf(value));
        }
    }

    private static void writeMap(StringBuilder out, Map<?, ?> map, String newline) {
        out.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            out.append(newline).append("  ");
            quote(out, String.valueOf(entry.getKey()));
            out.append(": ");
            write(out, entry.getValue(), newline + "  ");
            out.append(entries.hasNext() ? "," : "");
        }
        out.append(map.isEmpty() ? "" : newline).append('}');
    }

    private static void writeList(StringBuilder out, Collection<?> list, String newline) {
        out.append('[');
        Iterator<?> items = list.iterator();
        while (items.hasNext()) {
            out.append(newline).append("  ");
            write(out, items.next(), newline + "  ");
            out.append(items.hasNext() ? "," : "");
        }
        out.append(list.isEmpty() ? "" : newline).append(']');
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
