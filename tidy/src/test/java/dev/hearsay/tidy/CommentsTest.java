package dev.hearsay.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.tidy.Repository.TextFile;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommentsTest {
    private static final TextFile CLASS = new TextFile("m/src/main/java/p/A.java", "package p;\n\nclass A {}\n");

    @Test
    void aPackageWithoutPackageInfoIsFound() {
        assertTrue(Comments.packages(List.of(CLASS)).get(0).contains("m/src/main/java/p has no package-info.java"));
    }

    @Test
    void aPackageInfoNeedsACommentAndNullMarked() {
        assertEquals(2, Comments.packages(List.of(CLASS, info("package p;"))).size());
        assertEquals(
                1,
                Comments.packages(List.of(CLASS, info("@NullMarked package p;")))
                        .size());
        assertEquals(List.of(), Comments.packages(List.of(CLASS, info("/** What for. */ @NullMarked package p;"))));
    }

    @Test
    void anOrphanIsFoundAndOneWithAnIssueIsNot() {
        assertEquals(List.of(), check(Comments::openPoints, "// TO" + "DO(#12): later"));
        assertEquals(1, check(Comments::openPoints, "// TO" + "DO: later").size());
        assertEquals(1, check(Comments::openPoints, "# FIX" + "ME").size());
        assertEquals(1, check(Comments::openPoints, "// TO" + "DO(me): later").size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cd /wo|rk/main",
                "see /ro|ot/.m2",
                "in /ho|me/anna/src",
                "\"/Us|ers/anna/src\"",
                "https|://nexus.example.com/"
            })
    void aPathOfOneMachineIsFound(String line) {
        assertEquals(1, check(Comments::workplaces, line.replace("|", "")).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"target/work/x", "/usr/lib/jvm", "a root/leaf", "~/.m2", "https://repo.example.com/x"})
    void aPathThatMeansTheSameEverywhereIsNot(String line) {
        assertEquals(List.of(), check(Comments::workplaces, line));
    }

    @Test
    void tabsAndBlanksAtTheEndAreFound() {
        assertEquals(1, check(Comments::blanks, "a\tb").size());
        assertEquals(1, check(Comments::blanks, "a ").size());
        assertEquals(List.of(), check(Comments::blanks, "  a b"));
    }

    private static TextFile info(String content) {
        return new TextFile("m/src/main/java/p/package-info.java", content);
    }

    private static List<String> check(Function<List<TextFile>, List<String>> rule, String content) {
        return rule.apply(List.of(new TextFile("a.txt", content)));
    }
}
