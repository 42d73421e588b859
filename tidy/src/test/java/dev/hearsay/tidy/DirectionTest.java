package dev.hearsay.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.hearsay.tidy.samples.Sins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectionTest {
    @TempDir
    Path folder;

    private final Set<JavaClass> user = classes(DirectionTest.class);
    private final Set<JavaClass> used = classes(Sins.class, Sins.Innocent.class);

    @Test
    void aModuleThatUsesOneAboveItIsToldSo() {
        List<String> problems = Direction.betweenModules(Map.of("wire", user, "agent", used));
        assertTrue(
                problems.contains(
                        "dev.hearsay.tidy.DirectionTest (wire) uses dev.hearsay.tidy.samples.Sins (agent): wire may use "
                                + "only [core]; turn the dependency round, or move what both need down."),
                problems::toString);
    }

    @Test
    void theDriversMustNotMeetInEitherDirection() {
        assertTrue(Direction.betweenModules(Map.of("net", user, "sim", used))
                .get(0)
                .contains("the two drivers never meet"));
        assertTrue(Direction.betweenModules(Map.of("sim", user, "net", used))
                .get(0)
                .contains("the two drivers never meet"));
    }

    @Test
    void aModuleMayUseThoseBelowIt() {
        assertEquals(List.of(), Direction.betweenModules(Map.of("agent", user, "core", used)));
    }

    @Test
    void anUnknownModuleMustBePlacedFirst() {
        assertTrue(Direction.betweenModules(Map.of("attic", used)).get(0).contains("not in the table of directions"));
    }

    @Test
    void aComponentThatUsesOneAboveItIsToldSo() {
        List<String> problems = Direction.insideCore(compile(
                new Source("dev.hearsay.core.detector.High", "public class High {}"),
                new Source("dev.hearsay.core.membership.Low", "class Low { dev.hearsay.core.detector.High up; }")));
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("dev.hearsay.core.membership.Low uses dev.hearsay.core.detector.High"));
    }

    @Test
    void aComponentMayUseThoseBeforeItAndTheVocabulary() {
        assertEquals(
                List.of(),
                Direction.insideCore(compile(
                        new Source("dev.hearsay.core.Word", "public class Word {}"),
                        new Source("dev.hearsay.core.membership.Low", "public class Low { dev.hearsay.core.Word w; }"),
                        new Source(
                                "dev.hearsay.core.detector.High",
                                "class High { dev.hearsay.core.membership.Low l; }"))));
    }

    @Test
    void noComponentUsesTheFacade() {
        List<String> problems = Direction.insideCore(compile(
                new Source("dev.hearsay.core.Node", "public class Node {}"),
                new Source("dev.hearsay.core.sync.Sync", "class Sync { dev.hearsay.core.Node n; }")));
        assertTrue(
                problems.get(0).startsWith("dev.hearsay.core.sync.Sync uses dev.hearsay.core.Node"),
                problems::toString);
    }

    @Test
    void aNewComponentMustBePlacedFirst() {
        List<String> problems =
                Direction.insideCore(compile(new Source("dev.hearsay.core.attic.Box", "public class Box {}")));
        assertTrue(problems.get(0).contains("not in the order of components"), problems::toString);
    }

    private static Set<JavaClass> classes(Class<?>... types) {
        return Set.copyOf(new ClassFileImporter().importClasses(types));
    }

    private Iterable<JavaClass> compile(Source... sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Boolean compiled = compiler.getTask(
                        null, null, null, List.of("-proc:none", "-d", folder.toString()), null, List.of(sources))
                .call();
        assertTrue(compiled);
        try (var paths = Files.walk(folder)) {
            return new ClassFileImporter()
                    .importPaths(
                            paths.filter(p -> p.toString().endsWith(".class")).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String content;

        Source(String type, String declaration) {
            super(URI.create("string:///" + type.replace('.', '/') + ".java"), Kind.SOURCE);
            this.content = "package " + type.substring(0, type.lastIndexOf('.')) + "; " + declaration;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return content;
        }
    }
}
