package dev.hearsay.agent.cli;

import dev.hearsay.Hearsay;
import dev.hearsay.agent.config.Setting;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.ConfigBuilder;
import dev.hearsay.core.HeartbeatConfig;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.wire.Limits;
import dev.hearsay.wire.WireConfig;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Holds the tables of docs/configuration.md against the code. */
final class ConfigurationPage {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern RANGE = Pattern.compile("([0-9,]+) to ([0-9,]+)");

    private final Map<String, List<String>> flags;
    private final Map<String, List<String>> keys;
    private final Map<String, List<String>> node;
    private final Map<String, List<String>> protocol;
    private final Map<String, List<String>> state;
    private final Map<String, List<String>> heartbeats;
    private final Map<String, List<String>> wire;
    private final Map<String, List<String>> bounds;
    private final List<String> problems = new ArrayList<>();

    private ConfigurationPage(String page) {
        flags = table(page, "The agent's flags");
        keys = table(page, "The agent's files");
        node = table(page, "The node");
        protocol = table(page, "The protocol");
        state = table(page, "Shared state");
        heartbeats = table(page, "Heartbeats");
        wire = table(page, "Around messages");
        bounds = table(page, "Fixed bounds");
    }

    /** What is missing on the page, should not be there, or is not as the page says; one line each. */
    static List<String> problems(String page) {
        ConfigurationPage checked = new ConfigurationPage(page);
        try {
            checked.checkFlags();
            checked.checkKeys();
            checked.checkNode();
            checked.checkProtocol();
            checked.checkState();
            checked.checkHeartbeats();
            checked.checkWire();
            checked.checkBounds();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return checked.problems;
    }

    /** The rows of the first table behind a heading, by each name in their first cell. */
    private static Map<String, List<String>> table(String page, String heading) {
        int start = page.indexOf("\n## " + heading + "\n");
        if (start < 0) {
            throw new IllegalArgumentException("no heading '" + heading + "'");
        }
        Map<String, List<String>> rows = new LinkedHashMap<>();
        boolean inside = false;
        for (String line : page.substring(start + 1).lines().toList()) {
            if (line.startsWith("| `")) {
                inside = true;
                List<String> cells = new ArrayList<>();
                for (String cell : line.substring(1, line.lastIndexOf('|')).split("\\|", -1)) {
                    cells.add(cell.trim());
                }
                Matcher names = CODE.matcher(cells.get(0));
                while (names.find()) {
                    rows.put(names.group(1), cells);
                }
            } else if (inside) {
                break;
            }
        }
        return rows;
    }

    private void sameNames(Set<String> code, Map<String, List<String>> page) {
        for (String name : new TreeSet<>(code)) {
            if (!page.containsKey(name)) {
                problems.add(name + " is not on the page");
            }
        }
        for (String name : page.keySet()) {
            if (!code.contains(name)) {
                problems.add(name + " does not exist");
            }
        }
    }

    private void same(String name, String what, String code, String page) {
        if (!code.equals(page)) {
            problems.add(name + ": " + what + " is " + code + ", not " + page);
        }
    }

    private void checkFlags() {
        PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, java.nio.charset.StandardCharsets.UTF_8);
        Map<String, OptionSpec> options = new LinkedHashMap<>();
        for (OptionSpec option : new CommandLine(new AgentCommand(nowhere, nowhere))
                .getCommandSpec()
                .options()) {
            if (!option.hidden()) {
                for (String name : option.names()) {
                    options.put(name, option);
                }
            }
        }
        sameNames(options.keySet(), flags);
        for (Setting setting : Setting.values()) {
            List<String> row = flags.get(setting.flag());
            if (row != null) {
                same(setting.flag(), "the key", orNone(setting.key()), unquoted(row.get(1)));
                if (!setting.initial().isEmpty()) {
                    same(setting.flag(), "the default", setting.initial(), unquoted(row.get(3)));
                }
            }
        }
    }

    private void checkKeys() {
        Map<String, Setting> settings = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            if (!setting.key().isEmpty()) {
                settings.put(setting.key(), setting);
            }
        }
        sameNames(settings.keySet(), keys);
        settings.forEach((key, setting) -> {
            List<String> row = keys.get(key);
            if (row != null) {
                same(key, "its flag", orNone(setting.flag()), unquoted(row.get(1)));
                same(key, "its form", setting.kind().text(), row.get(2));
                if (!setting.initial().isEmpty()) {
                    same(key, "the default", setting.initial(), unquoted(row.get(3)));
                } else if (row.get(3).startsWith("`")) {
                    problems.add(key + ": it has no default that could be written");
                }
            }
        });
    }

    private static String orNone(String name) {
        return name.isEmpty() ? "none" : name;
    }

    private void checkNode() throws ReflectiveOperationException {
        sameNames(setters(Hearsay.Builder.class).keySet(), node);
        Hearsay.Builder fresh = Hearsay.builder();
        for (Field field : Hearsay.Builder.class.getDeclaredFields()) {
            List<String> row = node.get(field.getName());
            if (row != null && (field.getType() == boolean.class || field.getType() == long.class)) {
                field.setAccessible(true);
                same(field.getName(), "the default", String.valueOf(field.get(fresh)), unquoted(row.get(2)));
            }
        }
    }

    private void checkProtocol() throws ReflectiveOperationException {
        Map<String, Method> setters = setters(ConfigBuilder.class);
        sameNames(setters.keySet(), protocol);
        for (Map.Entry<String, Method> setter : setters.entrySet()) {
            String name = setter.getKey();
            List<String> row = protocol.get(name);
            if (row != null) {
                same(name, "lan", value(Config.lan(), name), unquoted(row.get(2)), setter.getValue());
                same(name, "wan", value(Config.wan(), name), unquoted(row.get(3)), setter.getValue());
                same(name, "local", value(Config.local(), name), unquoted(row.get(4)), setter.getValue());
                checkRange(name, setter.getValue(), row.get(5));
            }
        }
    }

    /** Durations may be written in any unit. */
    private void same(String name, String preset, String code, String page, Method setter) {
        boolean duration = setter.getParameterTypes()[0] == Duration.class;
        if (!duration || nanos(page) != Long.parseLong(code)) {
            same(name, preset, duration ? text(Long.parseLong(code)) : code, page);
        }
    }

    private static String value(Config config, String name) throws ReflectiveOperationException {
        for (Method accessor : Config.class.getMethods()) {
            if (accessor.getName().equals(name) || accessor.getName().equals(name + "Nanos")) {
                Object value = accessor.invoke(config);
                return value instanceof HeartbeatConfig heartbeats
                        ? shown(heartbeats.detector())
                        : String.valueOf(value);
            }
        }
        throw new IllegalStateException("Config has no accessor for " + name);
    }

    private void checkRange(String name, Method setter, String range) throws ReflectiveOperationException {
        Matcher numbers = RANGE.matcher(range);
        Class<?> type = setter.getParameterTypes()[0];
        if (type == Duration.class) {
            accepts(name, setter, Duration.ZERO, "0", range.equals("0 or more"));
            accepts(name, setter, Duration.ofNanos(1), "1 ns", range.equals("0 or more") || range.equals("above 0"));
        } else if (type == int.class && numbers.matches()) {
            int least = number(numbers.group(1));
            int most = number(numbers.group(2));
            accepts(name, setter, least, String.valueOf(least), true);
            accepts(name, setter, most, String.valueOf(most), true);
            accepts(name, setter, least - 1, String.valueOf(least - 1), false);
            accepts(name, setter, most + 1, String.valueOf(most + 1), false);
        } else if (type == int.class) {
            problems.add(name + ": its range is not on the page");
        }
    }

    private void accepts(String name, Method setter, Object value, String text, boolean expected)
            throws ReflectiveOperationException {
        boolean accepted = true;
        try {
            setter.invoke(Config.lan().toBuilder(), value);
        } catch (InvocationTargetException e) {
            accepted = false;
        }
        if (accepted != expected) {
            problems.add(name + ": " + text + " is " + (expected ? "" : "not ") + "in the range on the page, and "
                    + (accepted ? "accepted" : "refused"));
        }
    }

    private void checkState() throws ReflectiveOperationException {
        Map<String, String> defaults = new LinkedHashMap<>();
        for (RecordComponent setting : StateConfig.class.getRecordComponents()) {
            defaults.put(setting.getName(), String.valueOf(setting.getAccessor().invoke(StateConfig.DEFAULTS)));
        }
        sameNames(defaults.keySet(), state);
        defaults.forEach((name, value) -> {
            List<String> row = state.get(name);
            if (row != null) {
                String said = unquoted(row.get(1));
                same(name, "the default", value, name.endsWith("Nanos") ? String.valueOf(nanos(said)) : said);
            }
        });
    }

    private void checkHeartbeats() throws ReflectiveOperationException {
        Map<String, String> values = new LinkedHashMap<>();
        for (RecordComponent component : HeartbeatConfig.class.getRecordComponents()) {
            values.put(component.getName(), shown(component.getAccessor().invoke(HeartbeatConfig.DEFAULTS)));
        }
        sameNames(values.keySet(), heartbeats);
        values.forEach((name, value) -> {
            List<String> row = heartbeats.get(name);
            if (row != null) {
                same(name, "the default", value, unquoted(row.get(2)));
            }
        });
    }

    private static String shown(Object value) {
        return value instanceof Duration duration
                ? text(duration.toNanos())
                : value instanceof Double number
                        ? String.format(Locale.ROOT, "%.0f", number)
                        : String.valueOf(value).toLowerCase(Locale.ROOT);
    }

    private void checkWire() throws ReflectiveOperationException {
        Map<String, Method> setters = setters(WireConfig.Builder.class);
        sameNames(setters.keySet(), wire);
        for (String name : setters.keySet()) {
            Object value = WireConfig.class.getMethod(name).invoke(WireConfig.PLAIN);
            String text = value == null || value.equals(Bytes.EMPTY) ? "none" : value.toString();
            List<String> row = wire.get(name);
            if (row != null) {
                same(name, "the default", text, unquoted(row.get(2)));
            }
        }
    }

    private void checkBounds() throws ReflectiveOperationException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Field field : Limits.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                values.put(field.getName(), String.format(Locale.ROOT, "%,d", field.getInt(null)));
            }
        }
        sameNames(values.keySet(), bounds);
        values.forEach((name, value) -> {
            List<String> row = bounds.get(name);
            if (row != null && !row.get(1).equals(value)) {
                problems.add(name + " is " + value + ", not " + row.get(1));
            }
        });
    }

    /** The public methods of a builder that return it. */
    private static Map<String, Method> setters(Class<?> builder) {
        Map<String, Method> setters = new LinkedHashMap<>();
        for (Method method : builder.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && method.getReturnType() == builder) {
                setters.put(method.getName(), method);
            }
        }
        return setters;
    }

    private static String unquoted(String cell) {
        return cell.replace("`", "");
    }

    private static int number(String text) {
        return Integer.parseInt(text.replace(",", ""));
    }

    private static long nanos(String text) {
        try {
            return Values.duration("a default", text).toNanos();
        } catch (UsageException e) {
            return -1;
        }
    }

    private static String text(long nanos) {
        long millis = nanos / 1_000_000;
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
