package dev.hearsay.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the explainer says in two languages. Whether it says it well, only a reader can tell. */
class ExplainerTextsTest {
    private static final Path SITE = Path.of("src", "main", "resources", "dev", "hearsay", "web", "site");
    private static final Path EXPLAIN = SITE.resolve("explain");

    private static final Pattern ENTRY = Pattern.compile(" {2}\"([\\w.]+)\": \"(.*)\",");
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final Pattern CYRILLIC = Pattern.compile("\\p{IsCyrillic}");

    /** A key in a script or in the page: words joined by points, in quotes of any kind. */
    private static final Pattern KEY = Pattern.compile("[\"`]([a-z]+(?:\\.[a-z]+\\d?)+)[\"`]");

    /** A key of which the script chooses the end. */
    private static final Pattern BEGINNING = Pattern.compile("`([a-z]+\\.[a-z]+)\\$\\{");

    private static final Pattern ID = Pattern.compile("(?m)^ {2}id: \"(\\w+)\",$");
    private static final Pattern FIGURES = Pattern.compile("(?m)^ {2}figures: \\[(.*)],$");
    private static final Pattern NAME = Pattern.compile("\"(\\w+)\"");

    /** The same for everybody: formulas, and a word that Russian engineers do not translate. */
    private static final Set<String> WITHOUT_CYRILLIC = Set.of("rounds.formula1", "rounds.formula2", "step.seed");

    @Test
    void both_languages_say_the_same_things_in_the_same_order() throws IOException {
        assertEquals(List.copyOf(texts("en").keySet()), List.copyOf(texts("ru").keySet()));
    }

    @Test
    void no_text_is_empty_and_the_russian_ones_are_russian() throws IOException {
        Map<String, String> english = texts("en");
        Map<String, String> russian = texts("ru");
        english.forEach((key, text) -> {
            assertFalse(text.isBlank(), key + " is empty in English");
            assertFalse(CYRILLIC.matcher(text).find(), key + " is not English: " + text);
        });
        russian.forEach((key, text) -> assertEquals(
                !WITHOUT_CYRILLIC.contains(key), CYRILLIC.matcher(text).find(), key + ": " + text));
    }

    @Test
    void both_languages_fill_in_the_same_values() throws IOException {
        Map<String, String> english = texts("en");
        texts("ru")
                .forEach((key, text) -> assertTrue(
                        places(english.getOrDefault(key, "")).containsAll(places(text)),
                        key + " wants a value that the English text does not have: " + text));
        Map<String, String> russian = texts("ru");
        english.forEach((key, text) -> assertTrue(
                places(russian.getOrDefault(key, "")).containsAll(places(text)),
                key + " leaves out a value in Russian that the English text has: " + text));
    }

    @Test
    void every_text_that_is_asked_for_is_there_and_no_text_is_idle() throws IOException {
        Set<String> there = texts("en").keySet();
        Set<String> prefixes =
                there.stream().map(key -> key.substring(0, key.indexOf('.'))).collect(Collectors.toSet());
        Set<String> asked = new TreeSet<>();
        Set<String> beginnings = new TreeSet<>();
        for (String source : sources()) {
            find(KEY, source).stream()
                    .filter(key -> prefixes.contains(key.substring(0, key.indexOf('.'))))
                    .forEach(asked::add);
            beginnings.addAll(find(BEGINNING, source));
            for (String id : find(ID, source)) {
                Stream.of("title", "text", "text2").forEach(part -> asked.add(id + "." + part));
                find(FIGURES, source).stream()
                        .flatMap(names -> find(NAME, names).stream())
                        .forEach(figure -> asked.add(id + "." + figure));
            }
        }
        assertTrue(asked.size() > 50, "the search for keys has found only " + asked);
        Set<String> missing = new TreeSet<>(asked);
        missing.removeAll(there);
        assertEquals(Set.of(), missing, "asked for, and not there");
        Set<String> idle = new TreeSet<>(there);
        idle.removeAll(asked);
        idle.removeIf(key -> beginnings.stream().anyMatch(key::startsWith));
        assertEquals(Set.of(), idle, "there, and never asked for");
    }

    /** The texts of a language in their order. Each line of the object is one, so that nothing is overlooked here. */
    private static Map<String, String> texts(String language) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(EXPLAIN.resolve("text." + language + ".js"));
        int begin = lines.indexOf("export default {");
        int end = lines.indexOf("};");
        assertTrue(begin >= 0 && end > begin, "text." + language + ".js is not one exported object");
        for (String line : lines.subList(begin + 1, end)) {
            Matcher entry = ENTRY.matcher(line);
            if (entry.matches()) {
                assertEquals(null, texts.put(entry.group(1), entry.group(2)), entry.group(1) + " is there twice");
            } else if (!line.isBlank()) {
                fail("text." + language + ".js: not a text on a line of its own: " + line);
            }
        }
        return texts;
    }

    /** The page and the scripts that show texts. */
    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.list(EXPLAIN)) {
            List<Path> paths = Stream.concat(Stream.of(SITE.resolve("index.html")), files)
                    .filter(file -> !file.getFileName().toString().startsWith("text."))
                    .sorted()
                    .toList();
            List<String> contents = new ArrayList<>();
            for (Path path : paths) {
                contents.add(Files.readString(path));
            }
            return contents;
        }
    }

    private static Set<String> places(String text) {
        return new TreeSet<>(find(PLACE, text));
    }

    private static List<String> find(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
