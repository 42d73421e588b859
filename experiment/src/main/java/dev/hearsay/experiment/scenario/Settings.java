package dev.hearsay.experiment.scenario;

import dev.hearsay.core.Config;
import dev.hearsay.core.ConfigBuilder;
import dev.hearsay.core.HeartbeatConfig;
import dev.hearsay.core.state.StateConfig;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The protocol's settings in a scenario, by the names that {@code docs/configuration.md} gives them for programs. The names are
 * looked up in the classes themselves, so that a setting cannot be forgotten here.
 */
final class Settings {
    private static final String NANOS = "Nanos";

    private Settings() {}

    static Config config(Section section, Members members) {
        Supplier<Config> preset = section.value(
                "preset", Config::lan, Quantity.oneOf(Preset.class).then(Preset::config));
        ConfigBuilder builder = preset.get().toBuilder();
        Map<String, Method> setters = setters(ConfigBuilder.class, "");
        setters.remove("heartbeats");
        setters.forEach((name, setter) -> set(section, name, setter, builder));
        if (section.has("heartbeats")) {
            builder.heartbeats(heartbeats(section.section("heartbeats")));
        }
        try {
            Config config = builder.build();
            if (config.maxMembers() < members.count()) {
                section.problem("maxMembers", "is below the number of members, " + members.count());
            }
            return config;
        } catch (IllegalArgumentException e) {
            section.problem("", e);
            return Config.lan();
        }
    }

    /** The presets of {@link Config}. */
    private enum Preset {
        LAN,
        WAN,
        LOCAL;

        Supplier<Config> config() {
            return switch (this) {
                case LAN -> Config::lan;
                case WAN -> Config::wan;
                case LOCAL -> Config::local;
            };
        }
    }

    private static HeartbeatConfig heartbeats(Section section) {
        HeartbeatConfig config = HeartbeatConfig.DEFAULTS;
        for (Map.Entry<String, Method> setter :
                setters(HeartbeatConfig.class, "with").entrySet()) {
            config = (HeartbeatConfig) set(section, setter.getKey(), setter.getValue(), config);
        }
        section.end();
        return config;
    }

    static StateConfig state(Section section) {
        Map<String, Field> fields = new TreeMap<>();
        for (Field field : StateConfig.Changes.class.getFields()) {
            String name = field.getName();
            fields.put(name.endsWith(NANOS) ? name.substring(0, name.length() - NANOS.length()) : name, field);
        }
        fields.remove("enabled");
        StateConfig config = StateConfig.DEFAULTS;
        for (Map.Entry<String, Field> each : fields.entrySet()) {
            config = set(section, each.getKey(), each.getValue(), config);
        }
        section.end();
        return config;
    }

    private static StateConfig set(Section section, String name, Field field, StateConfig config) {
        if (!section.has(name)) {
            return config;
        }
        Class<?> type = field.getName().endsWith(NANOS) ? Duration.class : field.getType();
        Object value = section.value(name, MISSING, form(type));
        if (value == MISSING) {
            return config;
        }
        Object stored = value instanceof Duration time ? (Object) time.toNanos() : value;
        try {
            return config.with(changes -> {
                try {
                    field.set(changes, stored);
                } catch (IllegalAccessException e) {
                    throw new LinkageError(field.toString(), e);
                }
            });
        } catch (IllegalArgumentException e) {
            section.problem(name, e);
            return config;
        }
    }

    /** The public methods of a class that take one value and return the class, by name without its prefix. */
    private static Map<String, Method> setters(Class<?> type, String prefix) {
        Map<String, Method> setters = new TreeMap<>();
        for (Method method : type.getMethods()) {
            String name = method.getName();
            if (method.getParameterCount() == 1 && method.getReturnType() == type && name.startsWith(prefix)) {
                String rest = name.substring(prefix.length());
                setters.put(Character.toLowerCase(rest.charAt(0)) + rest.substring(1), method);
            }
        }
        return setters;
    }

    private static Object set(Section section, String name, Method setter, Object target) {
        if (!section.has(name)) {
            return target;
        }
        Object value = section.value(name, MISSING, form(setter.getParameterTypes()[0]));
        if (value == MISSING) {
            return target;
        }
        try {
            return setter.invoke(target, value);
        } catch (InvocationTargetException e) {
            section.problem(name, e.getTargetException());
        } catch (IllegalAccessException e) {
            throw new LinkageError(setter.toString(), e);
        }
        return target;
    }

    private static final Object MISSING = new Object();

    /** How values of that type are written. */
    @SuppressWarnings("unchecked")
    private static Quantity<Object> form(Class<?> type) {
        Quantity<?> form;
        if (type == Duration.class) {
            form = Quantity.DURATION;
        } else if (type == int.class) {
            form = Quantity.orMinusOne(Quantity.count(0, Integer.MAX_VALUE));
        } else if (type == long.class) {
            form = new Quantity<>("must be a whole number", Long::valueOf);
        } else if (type == boolean.class) {
            form = Quantity.YES_NO;
        } else if (type == double.class) {
            form = new Quantity<>("must be a number", Double::valueOf);
        } else if (type.isEnum()) {
            form = constants(type);
        } else {
            throw new IllegalStateException("no form for values of " + type + ": teach it to Settings");
        }
        return (Quantity<Object>) form;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Quantity<?> constants(Class<?> type) {
        return Quantity.oneOf((Class) type);
    }
}
