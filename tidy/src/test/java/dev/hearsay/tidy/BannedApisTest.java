package dev.hearsay.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.hearsay.tidy.samples.Sins;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BannedApisTest {

    static Stream<Class<?>> sins() {
        return Arrays.stream(Sins.class.getDeclaredClasses()).filter(c -> c != Sins.Innocent.class);
    }

    @ParameterizedTest
    @MethodSource("sins")
    void eachSinIsFoundAndToldWithItsReason(Class<?> sin) {
        List<String> problems = BannedApis.check(new ClassFileImporter().importClasses(sin));
        assertFalse(problems.isEmpty(), sin + " goes unnoticed");
        assertTrue(problems.get(0).contains("Sins.java:"), () -> "no place in: " + problems.get(0));
        assertTrue(problems.get(0).contains(": "), () -> "no reason in: " + problems.get(0));
    }

    @Test
    void whereApplicationsMeetVirtualTimeFuturesAreAllowedAndClocksAndChanceAreNot() {
        List<String> banned =
                List.of("ReadsAClock", "AsksForNow", "RollsTheThreadsDice", "MakesAUuid", "KeysByIdentity");
        List<String> allowed = List.of("UsesConcurrency", "FormatsText");
        sins().forEach(sin -> {
            List<String> problems = BannedApis.checkFixture(new ClassFileImporter().importClasses(sin));
            assertFalse(banned.contains(sin.getSimpleName()) && problems.isEmpty(), sin + " goes unnoticed");
            assertFalse(allowed.contains(sin.getSimpleName()) && !problems.isEmpty(), problems::toString);
        });
    }

    @Test
    void lookUpsListsAndStrictMathAreAllowed() {
        JavaClasses innocent =
                new ClassFileImporter().importClasses(Sins.Innocent.class, Sins.Innocent.class.getNestHost());
        assertEquals(List.of(), BannedApis.check(innocent));
    }
}
