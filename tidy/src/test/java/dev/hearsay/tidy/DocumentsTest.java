package dev.hearsay.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.tidy.Repository.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {
    @TempDir
    Path root;

    @Test
    void aLinkToNowhereIsFound() throws IOException {
        Files.createDirectory(root.resolve("docs"));
        Files.writeString(root.resolve("docs/there.md"), "");
        assertEquals(List.of(), links("docs/a.md", "[x](there.md#part) [y](https://example.com/z) [z](#here)"));
        assertEquals(List.of(), links("README.md", "[x](docs/there.md)"));
        assertEquals(1, links("README.md", "[x](there.md)").size());
        assertEquals(List.of(), links("README.md", "```java\nlist[0](there.md)\n```\n"));
    }

    @Test
    void aDecisionWithoutItsHeadingsIsFound() {
        String complete = "# 7\n\n## Context\n\n## Choice\n\n## Rejected\n";
        assertEquals(List.of(), decision("docs/decisions/007-x.md", complete));
        assertEquals(
                1,
                decision("docs/decisions/007-x.md", complete.replace("## Rejected", "## Else"))
                        .size());
        assertEquals(1, decision("docs/decisions/seven.md", complete).size());
    }

    @Test
    void twoDecisionsOfOneNumberAreFound() {
        String text = "## Context\n## Choice\n## Rejected\n";
        List<String> problems = Documents.decisions(
                List.of(new TextFile("docs/decisions/007-x.md", text), new TextFile("docs/decisions/007-y.md", text)));
        assertEquals(1, problems.size(), problems::toString);
    }

    @Test
    void aModuleThatTheArchitectureOmitsIsFound() {
        assertEquals(
                1,
                Documents.modules("only `core` here", List.of("core", "wire")).size());
    }

    @Test
    void aTypeThatDoesNotExistIsFoundInTables() {
        Set<String> known = Set.of("Node", "Config");
        assertEquals(List.of(), table("| x | `Node`, `Config.Builder`, `mvn verify`, `docs/` |", known));
        assertEquals(1, table("| x | `Nod" + "dy` |", known).size());
        assertEquals(1, table("| x | `Gone.method()` |", known).size());
    }

    @Test
    void aTestThatDoesNotExistIsFound() {
        List<TextFile> java = List.of(new TextFile("a/ATest.java", "class ATest {\n    void it_holds() {}\n}\n"));
        assertEquals(List.of(), Documents.tests(List.of(new TextFile("x.md", "so (`ATest.it_holds`)")), java));
        assertEquals(
                1,
                Documents.tests(List.of(new TextFile("x.md", "`ATest.it_held`")), java)
                        .size());
        assertEquals(
                1,
                Documents.tests(List.of(new TextFile("x.md", "`BTest.it_holds`")), java)
                        .size());
    }

    @Test
    void theFirstBlockOfALanguageIsFound() {
        assertEquals(
                Optional.of("b\n"), Documents.firstBlock("```sh\na\n```\n```java\nb\n```\n```java\nc\n```\n", "java"));
        assertTrue(Documents.firstBlock("none", "java").isEmpty());
    }

    private List<String> links(String path, String content) {
        return Documents.links(root, List.of(new TextFile(path, content)));
    }

    private static List<String> decision(String path, String content) {
        return Documents.decisions(List.of(new TextFile(path, content)));
    }

    private static List<String> table(String row, Set<String> known) {
        return Documents.types(new TextFile("ARCHITECTURE.md", row), known);
    }
}
