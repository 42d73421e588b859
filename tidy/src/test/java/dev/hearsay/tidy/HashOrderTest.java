package dev.hearsay.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.tidy.Repository.TextFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashOrderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for (var e : map.entrySet()) {}",
                "for (String key : this.map.keySet()) {}",
                "map.forEach((k, v) -> {});",
                "map.values().removeIf(v -> true);",
                "var copy = map.values().stream().toList();",
                "Runnable r = () -> map.replaceAll((k, v) -> v);"
            })
    void goingThroughAHashMapIsFound(String statement) {
        assertEquals(
                1,
                check("Map<String, String> map = new HashMap<>(); void run() { " + statement + " }")
                        .size());
        assertEquals(
                1,
                check("HashMap<String, String> map; void run() { " + statement + " }")
                        .size());
        assertEquals(
                1,
                check("Map<String, String> map; A() { this.map = new java.util.HashMap<>(); " + statement + " }")
                        .size());
    }

    @Test
    void aLoopOverAHashSetIsFound() {
        assertEquals(
                1,
                check("void run() { var set = new HashSet<String>(); for (String s : set) {} }")
                        .size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"map.get(key);", "map.put(key, key);", "map.remove(key);", "map.containsKey(key);", "map.size();"
            })
    void lookingUpIsNot(String statement) {
        assertEquals(List.of(), check("Map<String, String> map = new HashMap<>(); void run() { " + statement + " }"));
    }

    @Test
    void goingThroughALinkedHashMapIsNot() {
        assertEquals(
                List.of(),
                check("Map<String, String> map = new LinkedHashMap<>(); void run() { map.forEach((k, v) -> {}); }"));
    }

    private static List<String> check(String body) {
        return HashOrder.check(List.of(new TextFile("A.java", "class A { " + body + " }")));
    }
}
