package dev.hearsay.tidy;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.hearsay.tidy.Repository.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house rules, applied to this repository. Each message says what to do and why; STYLE.md has them on one page. */
class TidyTest {
    /** What a program wrote or will read byte for byte. */
    private static final Pattern GOLDEN = Pattern.compile("/resources/|src/test/transcripts/");

    /** Where applications meet virtual time: this never runs in a browser, and has what applications have, as executors and futures. */
    private static final DescribedPredicate<JavaClass> FIXTURE =
            JavaClass.Predicates.resideInAnyPackage("dev.hearsay.sim.cluster", "dev.hearsay.sim.junit");

    private final Repository repository = Repository.here();

    @Test
    void modulesDependInOneDirection() {
        none(Direction.betweenModules(classesByModule()));
    }

    @Test
    void theCoresComponentsCallEachOtherInOneDirection() {
        none(Direction.insideCore(classes("core")));
    }

    @Test
    void theCoreTouchesNoClockNoChanceAndNoOutside() {
        none(BannedApis.check(classes("core")));
    }

    @Test
    void theSimulatorsEngineTouchesNoClockNoChanceAndNoOutside() {
        none(BannedApis.check(classes("sim").that(DescribedPredicate.not(FIXTURE))));
    }

    @Test
    void whatApplicationsAreTestedWithReadsNoClockAndHasNoChanceOrOrderOfItsOwn() {
        none(BannedApis.checkFixture(classes("sim").that(FIXTURE)));
    }

    @Test
    void noTraceHangsOnTheOrderOfAHashContainer() {
        none(HashOrder.check(repository.java("core", "main")));
        none(HashOrder.check(repository.java("sim", "main")));
    }

    @Test
    void filesAndMethodsAreShort() {
        List<String> listed = repository
                .read("tidy/src/test/resources/tidy/excess.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        none(Sizes.check(repository.allJava(), listed));
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        for (String module : repository.modules()) {
            none(Comments.packages(repository.java(module, "main")));
        }
    }

    @Test
    void everyOpenPointNamesItsIssue() {
        none(Comments.openPoints(repository.text()));
    }

    @Test
    void nothingNamesAPlaceOnOneMachine() {
        none(Comments.workplaces(repository.text()));
    }

    @Test
    void noTabsAndNoBlanksAtTheEndOfLines() {
        none(Comments.blanks(repository.text().stream()
                .filter(f ->
                        !f.path().equals("LICENSE") && !GOLDEN.matcher(f.path()).find())
                .toList()));
    }

    @Test
    void linksBetweenDocumentsLeadSomewhere() {
        none(Documents.links(repository.root(), markdown()));
    }

    @Test
    void decisionsTellContextChoiceAndWhatWasRejected() {
        none(Documents.decisions(markdown()));
    }

    @Test
    void testsThatDocumentsNameExist() {
        none(Documents.tests(markdown(), repository.allJava()));
    }

    @Test
    void theArchitecturePagePlacesEveryModuleAndNamesTypesThatExist() {
        none(Documents.modules(repository.read("ARCHITECTURE.md"), repository.modules()));
        none(Documents.types(
                new TextFile("ARCHITECTURE.md", repository.read("ARCHITECTURE.md")),
                Documents.typeNames(repository.allJava())));
    }

    @Test
    void tidySeesEveryModule() {
        String pom = repository.read("tidy/pom.xml");
        none(repository.modules().stream()
                .filter(module ->
                        !module.equals("tidy") && !pom.contains("<artifactId>" + artifact(module) + "</artifactId>"))
                .map(module ->
                        "tidy does not depend on " + module + ": it may then be built before it and judge old classes.")
                .toList());
    }

    private List<TextFile> markdown() {
        return repository.text().stream().filter(f -> f.path().endsWith(".md")).toList();
    }

    private static String artifact(String module) {
        return module.equals("net") ? "hearsay" : "hearsay-" + module.replace("examples/", "example-");
    }

    private Map<String, JavaClasses> classesByModule() {
        Map<String, JavaClasses> all = new LinkedHashMap<>();
        for (String module : repository.modules()) {
            if (Files.isDirectory(compiled(module))) {
                all.put(module, classes(module));
            }
        }
        assertTrue(all.size() > 1, "no compiled modules found: the direction of nothing proves nothing");
        return all;
    }

    private JavaClasses classes(String module) {
        JavaClasses classes = new ClassFileImporter().importPath(compiled(module));
        assertTrue(
                !classes.isEmpty(),
                "no classes in " + compiled(module) + ": a rule that looks at nothing proves nothing");
        return classes;
    }

    private Path compiled(String module) {
        return repository.root().resolve(module).resolve("target/classes");
    }

    private static void none(List<String> problems) {
        if (!problems.isEmpty()) {
            fail(Stream.concat(Stream.of(problems.size() + " to put right:"), problems.stream())
                    .reduce((a, b) -> a + "\n  " + b)
                    .orElseThrow());
        }
    }
}
