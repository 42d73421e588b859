package dev.hearsay.agent.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one configuration file: JSON as Serf reads it, or YAML if the name ends in {@code .yaml} or {@code .yml}. Whatever is
 * wrong is said with file, line and key. Used once.
 *
 * <p>As in Serf, keys are the same in either case, the last of several equal ones counts, and what is null, empty or zero says
 * nothing. A key that does not exist is an error.
 */
final class ConfigFile {
    /** Longest file. */
    static final int MAX_BYTES = 1 << 20;

    private final Path file;
    private final JsonParser parser;
    private final Map<Setting, Given> given = new LinkedHashMap<>();
    /** What stands before the keys of the object being read, as "mdns."; empty for the whole file's. */
    private String group = "";
    /** The key being read, for error lines; empty before the first. */
    private String key = "";

    private ConfigFile(Path file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /** Whether a file of that name is read as YAML. */
    static boolean isYaml(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    /** What the file says, in its order. */
    static Collection<Given> read(Path file) throws ConfigException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigException(file + ": it has more than " + MAX_BYTES + " bytes");
            }
            byte[] content = Files.readAllBytes(file);
            JsonFactory format = isYaml(file) ? new YAMLFactory() : new JsonFactory();
            try (JsonParser parser = format.createParser(content)) {
                return new ConfigFile(file, parser).settings();
            }
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": there is no such file");
        } catch (IOException e) {
            throw new ConfigException(file + ": it cannot be read: " + e.getMessage());
        }
    }

    private Collection<Given> settings() throws IOException, ConfigException {
        try {
            JsonToken first = parser.nextToken();
            // A YAML file of nothing but comments says nothing.
            if (first == null && isYaml(file)) {
                return List.of();
            }
            if (first != JsonToken.START_OBJECT) {
                throw wrong("the file must hold an object, { \"key\": value, ... }");
            }
            readObject();
            if (parser.nextToken() != null) {
                throw wrong("there is something behind the end of the object");
            }
            return given.values();
        } catch (JsonProcessingException e) {
            throw malformed(e);
        }
    }

    /** Reads up to the end of the object that has just begun. */
    private void readObject() throws IOException, ConfigException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            key = group + parser.currentName();
            int line = parser.currentTokenLocation().getLineNr();
            Setting setting = Setting.find(key);
            JsonToken token = parser.nextToken();
            if (setting != null) {
                readValue(setting, token, line);
            } else if (token == JsonToken.START_OBJECT && group.isEmpty() && Setting.isGroup(key)) {
                group = key + ".";
                readObject();
                group = "";
            } else {
                throw at(line, "there is no such setting");
            }
        }
    }

    private void readValue(Setting setting, JsonToken token, int line) throws IOException, ConfigException {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        boolean fits = switch (setting.kind()) {
            case TEXT, TIME -> token == JsonToken.VALUE_STRING;
            case NUMBER -> token == JsonToken.VALUE_NUMBER_INT;
            case SWITCH -> token.isBoolean();
            case LIST -> token == JsonToken.START_ARRAY;
            case PAIRS -> token == JsonToken.START_OBJECT;
        };
        if (!fits) {
            throw wrong("expected: " + setting.kind().text() + hint(setting.kind()));
        }
        List<String> texts = new ArrayList<>();
        Map<String, String> pairs = new LinkedHashMap<>();
        if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                texts.add(element());
            }
        } else if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                pairs.put(name, element());
            }
        } else {
            refuseAlias();
            texts.add(parser.getText());
        }
        Given value = new Given(setting, key, place(line), List.copyOf(texts), pairs);
        if (!saysNothing(value)) {
            given.put(setting, value);
        }
    }

    private String element() throws IOException, ConfigException {
        refuseAlias();
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong("expected in it: " + Kind.TEXT.text() + hint(Kind.TEXT));
        }
        return parser.getText();
    }

    private void refuseAlias() throws IOException, ConfigException {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw wrong("an alias (*name) is not understood here: write the value");
        }
    }

    /** Go's decoder cannot tell an empty value from none; files rely on it. How many guards there are, Serf does not know. */
    private static boolean saysNothing(Given value) {
        return switch (value.setting().kind()) {
            case TEXT -> value.text().isEmpty();
            case TIME -> value.text().matches("|0|0+(\\.0*)?(ns|us|µs|ms|s|m|h)");
            case NUMBER -> value.setting() != Setting.GUARDS && value.text().equals("0");
            case SWITCH -> false;
            case LIST -> value.texts().isEmpty();
            case PAIRS -> value.pairs().isEmpty();
        };
    }

    private static String hint(Kind kind) {
        return switch (kind) {
            case TEXT -> ", in quotes";
            case TIME -> ", in quotes, as \"30s\"";
            default -> "";
        };
    }

    private ConfigException wrong(String rule) {
        return at(parser.currentTokenLocation().getLineNr(), rule);
    }

    private ConfigException at(int line, String rule) {
        return new ConfigException(place(line) + (key.isEmpty() ? "" : ", key '" + key + "'") + ": " + rule);
    }

    private String place(int line) {
        return file + ", line " + line;
    }

    private ConfigException malformed(JsonProcessingException e) throws IOException {
        // JSON's parser looks at the value as soon as it has the key: it may know one more than this object does.
        String name = parser.currentName();
        key = name == null ? key : group + name;
        Setting setting = Setting.find(key);
        String why = setting != null && setting.secret() ? "" : ": " + firstLine(e.getOriginalMessage());
        int line = Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getLineNr());
        return at(line, "it is not well-formed " + (isYaml(file) ? "YAML" : "JSON") + why);
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
