package dev.hearsay.experiment.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.experiment.validation.Table.Figure;
import dev.hearsay.experiment.validation.Table.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of validation, and what writes it. */
class ValidationTest {
    private static final Path PAGE = Path.of("..", "docs", "validation.md");

    /** A section that knows nothing but its seeds. */
    private static final class Seeds implements Section {
        @Override
        public String name() {
            return "seeds";
        }

        @Override
        public String title() {
            return "Seeds: all of them";
        }

        @Override
        public String about() {
            return "About.\n";
        }

        @Override
        public String deviations() {
            return "None.\n";
        }

        @Override
        public List<Table> run(Trials trials) {
            List<Row> rows = trials.each(
                    "seeds",
                    20,
                    (number, seed) -> new Row(
                            List.of("" + number),
                            List.of(new Figure((double) (seed >>> 40), 1), Figure.of(number / 8.0))));
            return List.of(new Table("Numbers", "published", List.of("run"), List.of("seed", "eighths"), rows));
        }
    }

    private static String page(long seed, int threads) {
        try (Trials trials = new Trials(true, seed, threads, (name, runs) -> {})) {
            return Validation.page(List.of(new Seeds()), trials, "hearsay sim validate");
        }
    }

    @Test
    void the_page_does_not_depend_on_the_number_of_threads_but_on_the_seed() {
        assertEquals(page(1, 1), page(1, 7));
        assertTrue(!page(1, 1).equals(page(2, 1)));
    }

    @Test
    void the_page_begins_with_the_command_that_wrote_it_and_shows_what_is_measured_beside_what_is_known() {
        String page = page(1, 2);
        assertTrue(page.startsWith("<!-- Written by `hearsay sim validate`; do not edit. -->\n"), page);
        assertTrue(page.contains("* [Seeds: all of them](#seeds-all-of-them)\n"), page);
        assertTrue(page.contains("\n## Seeds: all of them\n\nAbout.\n\n**Numbers**\n"), page);
        assertTrue(page.contains("| run | seed, published | measured | ratio | eighths |\n"), page);
        assertTrue(page.contains(" | 0.125 |\n"), page);
        assertTrue(page.endsWith("\nNone.\n"), page);
    }

    @Test
    void numbers_have_three_digits() {
        assertEquals("", Table.number(Double.NaN));
        assertEquals("1,331", Table.number(1331));
        assertEquals("1,331", Table.number(1330.7));
        assertEquals("13.2", Table.number(13.21));
        assertEquals("1.58", Table.number(1.582));
        assertEquals("0.0375", Table.number(0.0375));
        assertEquals("4.0e-06", Table.number(4e-6));
    }

    @Test
    void a_section_that_does_not_exist_is_refused_with_the_names_of_those_that_do() {
        String message = assertThrows(IllegalArgumentException.class, () -> Validation.section("demer"))
                .getMessage();
        assertTrue(message.contains("'demer'") && message.contains("demers") && message.contains("phi"), message);
        assertEquals("phi", Validation.section("phi").name());
    }

    /** It cannot go stale in silence: whoever adds or renames a section, or changes its tables, has to write it again. */
    @Test
    void the_committed_page_has_all_sections_in_their_words() throws IOException {
        String page = Files.readString(PAGE);
        assertTrue(
                page.startsWith("<!-- Written by `hearsay sim validate --out docs/validation.md`; do not edit. -->\n"),
                "write it with hearsay sim validate --out docs/validation.md");
        int at = 0;
        for (Section section : Validation.sections()) {
            for (String part : List.of(Validation.heading(section), section.about(), section.deviations())) {
                int next = page.indexOf(part, at);
                assertTrue(
                        next >= 0,
                        () -> "docs/validation.md lacks, or has in another place: " + part
                                + "\nwrite it again: hearsay sim validate --out docs/validation.md");
                at = next + part.length();
            }
        }
    }
}
