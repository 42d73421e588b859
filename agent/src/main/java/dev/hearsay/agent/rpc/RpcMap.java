package dev.hearsay.agent.rpc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One message of the RPC protocol: values by name. As in Go, whatever is missing, nil or of another type reads as the zero
 * value of the type asked for.
 */
public final class RpcMap {
    private final Map<String, @Nullable Object> values;

    RpcMap(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /** The names, in the order they came. */
    public Iterable<String> names() {
        return values.keySet();
    }

    /** Whether a value of that name came, nil included. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** What came under that name, as it came: bytes, a number, a flag, a list, a map; null if nothing did. */
    @Nullable Object raw(String name) {
        return values.get(name);
    }

    /** The text of that name; empty if there is none. */
    public String text(String name) {
        return values.get(name) instanceof byte[] bytes ? text(bytes) : "";
    }

    /** The number of that name; 0 if there is none. */
    public long number(String name) {
        return values.get(name) instanceof Long number ? number : 0;
    }

    /** The number of that name, which need not be whole; 0 if there is none. */
    public double decimal(String name) {
        return optionalDecimal(name).orElse(0);
    }

    /** The same; empty if there is none. */
    OptionalDouble optionalDecimal(String name) {
        return values.get(name) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    /** The numbers in the list of that name. */
    public double[] decimals(String name) {
        return list(name).stream()
                .mapToDouble(each -> each instanceof Number number ? number.doubleValue() : 0)
                .toArray();
    }

    /** The flag of that name; false if there is none. */
    public boolean flag(String name) {
        Object value = values.get(name);
        return value instanceof Boolean flag ? flag : value instanceof Long number && number != 0;
    }

    /** Whether bytes, or a text, came under that name. */
    public boolean isBytes(String name) {
        return values.get(name) instanceof byte[];
    }

    /** The bytes of that name; none if there are none. */
    public byte[] bytes(String name) {
        return values.get(name) instanceof byte[] bytes ? bytes.clone() : new byte[0];
    }

    /** The map of that name; an empty one if there is none. */
    public RpcMap map(String name) {
        return values.get(name) instanceof RpcMap map ? map : new RpcMap(Map.of());
    }

    /** The maps in the list of that name. */
    public List<RpcMap> maps(String name) {
        List<RpcMap> maps = new ArrayList<>();
        for (Object each : list(name)) {
            if (each instanceof RpcMap map) {
                maps.add(map);
            }
        }
        return maps;
    }

    /** The texts in the list of that name. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object each : list(name)) {
            if (each instanceof byte[] bytes) {
                texts.add(text(bytes));
            }
        }
        return texts;
    }

    /** This map as texts by name, in the order they came. */
    public Map<String, String> asTexts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : values.keySet()) {
            texts.put(name, text(name));
        }
        return texts;
    }

    private List<?> list(String name) {
        return values.get(name) instanceof List<?> list ? list : List.of();
    }

    /** The value of that name, for a person. */
    public String show(String name) {
        return show(values.get(name));
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** For people and for comparing: keys as they came, byte strings as text. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("{");
        values.forEach((name, value) -> out.append(out.length() == 1 ? "" : ", ")
                .append(name)
                .append("=")
                .append(show(value)));
        return out.append("}").toString();
    }

    private static String show(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return '"' + text(bytes) + '"';
        }
        if (value instanceof List<?> list) {
            StringBuilder out = new StringBuilder("[");
            for (Object each : list) {
                out.append(out.length() == 1 ? "" : ", ").append(show(each));
            }
            return out.append("]").toString();
        }
        return String.valueOf(value);
    }
}
