package dev.hearsay.agent.cli.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hearsay sim validate}: the page, how far it is, and what is said about bad input. */
class SimValidateTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... args) {
        out.reset();
        err.reset();
        String[] all = new String[args.length + 2];
        all[0] = "sim";
        all[1] = "validate";
        System.arraycopy(args, 0, all, 2, args.length);
        return new Cli(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(all);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aSectionIsPrintedAndSaysHowToRepeatIt() {
        assertEquals(0, run("--quick", "--section", "phi", "-seed=5"), said());
        String page = out.toString(StandardCharsets.UTF_8);
        assertTrue(
                page.startsWith(
                        "<!-- Written by `hearsay sim validate --section phi --quick --seed 5`; do not edit. -->\n"),
                page);
        assertTrue(page.contains("| window | threshold | mistakes, published | measured | ratio |\n"), page);
        String progress = err.toString(StandardCharsets.UTF_8);
        assertTrue(progress.startsWith("section 1 of 1, phi: 1 runs, 0 s so far"), progress);
        assertEquals(0, run("-quick", "-section=phi", "-seed=5", "-threads=1"), said());
        assertEquals(page, out.toString(StandardCharsets.UTF_8), "the same with one thread");
    }

    @Test
    void thePageIsWrittenToAFileOrPrintedIfThatCannotBe() throws IOException {
        Path file = folder.resolve("page.md");
        assertEquals(0, run("-quick", "-section=phi", "-out=" + file), said());
        assertEquals("Written: " + file + System.lineSeparator(), out.toString(StandardCharsets.UTF_8));
        assertTrue(Files.readString(file).contains("\n## Phi accrual"));
        assertEquals(1, run("-quick", "-section=phi", "-out=" + folder.resolve("no/such/page.md")), said());
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("\n## Phi accrual"), "what took minutes is not lost");
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("page.md: there is no such file"), said());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "-section=demer; there is no section 'demer'",
                "-seed=x; invalid value 'x' for -seed: must be a whole number of 64 bits",
                "-threads=0; invalid value '0' for -threads",
                "-threads=many; invalid value 'many' for -threads"
            })
    void badInputIsRefusedByName(String flag, String message) {
        assertEquals(1, run(flag), said());
        assertTrue(err.toString(StandardCharsets.UTF_8).contains(message), said());
    }
}
