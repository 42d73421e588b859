package dev.hearsay.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.tidy.Repository.TextFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizesTest {

    @Test
    void aFileOf401LinesIsTooLongAnd400Are() {
        assertEquals(List.of(), Sizes.check(List.of(file(Sizes.MAX_FILE_LINES)), List.of()));
        List<String> problems = Sizes.check(List.of(file(Sizes.MAX_FILE_LINES + 1)), List.of());
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).startsWith("a/Long.java has 401 lines"), problems::toString);
    }

    @Test
    void aMethodOf61LinesIsTooLongAnd60Are() {
        assertEquals(List.of(), Sizes.check(List.of(method(60)), List.of()));
        List<String> problems = Sizes.check(List.of(method(61)), List.of());
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).startsWith("a/Long.java:4 method run has 61 lines"), problems::toString);
    }

    @Test
    void anInitializerCountsAsAMethod() {
        TextFile file = new TextFile("a/Long.java", "class Long {\n    static {\n" + "\n".repeat(60) + "    }\n}\n");
        assertTrue(Sizes.check(List.of(file), List.of()).get(0).contains("<initializer>"));
    }

    @Test
    void knownExcessIsToleratedByName() {
        assertEquals(List.of(), Sizes.check(List.of(file(500)), List.of("a/Long.java")));
        assertEquals(List.of(), Sizes.check(List.of(method(90)), List.of("a/Long.java#run")));
    }

    @Test
    void anEntryThatIsNoLongerNeededFailsSoThatTheListOnlyShrinks() {
        List<String> problems = Sizes.check(List.of(file(10)), List.of("a/Long.java", "a/Gone.java#run"));
        assertEquals(2, problems.size(), problems::toString);
    }

    private static TextFile file(int lines) {
        return new TextFile("a/Long.java", "class Long {\n" + "\n".repeat(lines - 2) + "}\n");
    }

    private static TextFile method(int lines) {
        return new TextFile(
                "a/Long.java",
                "class Long {\n\n    /** Not counted. */\n    void run() {\n" + "        // step\n".repeat(lines - 2)
                        + "    }\n}\n");
    }
}
