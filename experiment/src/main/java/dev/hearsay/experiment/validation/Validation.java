package dev.hearsay.experiment.validation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All experiments that measure again what the papers have published, and the page that they make. The page follows from size
 * and seed alone: it has no times of a clock.
 */
public final class Validation {
    private static final List<Section> SECTIONS = List.of(
            new DemersTables(),
            new RoundsToTheLast(),
            new StateInRounds(),
            new EventsInRounds(),
            new RumorsAmongMany(),
            new SwimDetection(),
            new SwimLoad(),
            new SwimFalseSuspicions(),
            new LifeguardTable(),
            new PhiMistakes());

    private Validation() {}

    /** All of them, in the order of the page. */
    public static List<Section> sections() {
        return SECTIONS;
    }

    /**
     * The one of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Section section(String name) {
        return SECTIONS.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no section '" + name + "': must be one of "
                        + String.join(", ", SECTIONS.stream().map(Section::name).toList())));
    }

    /**
     * Runs these sections and writes what came of them.
     *
     * @param command that repeats it, for the first line
     */
    public static String page(List<Section> sections, Trials trials, String command) {
        Map<String, List<Table>> tables = new TreeMap<>();
        for (Section section : sections) {
            trials.begin(section);
            tables.put(section.name(), section.run(trials));
        }
        StringBuilder page = new StringBuilder("<!-- Written by `" + command + "`; do not edit. -->\n");
        page.append(opening(command));
        sections.forEach(section -> page.append("* [")
                .append(section.title())
                .append("](#")
                .append(anchor(section))
                .append(")\n"));
        for (Section section : sections) {
            page.append('\n').append(heading(section)).append("\n\n").append(section.about());
            for (Table table : tables.getOrDefault(section.name(), List.of())) {
                page.append('\n').append(table.markdown().stripTrailing()).append('\n');
            }
            page.append('\n').append(section.deviations());
        }
        return page.toString();
    }

    /** The line that begins a section in the page. */
    static String heading(Section section) {
        return "## " + section.title();
    }

    private static String anchor(Section section) {
        return section.title()
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9 -]", "")
                .replace(' ', '-');
    }

    private static String opening(String command) {
        return """
                # Validation

                What the papers about gossip have published, measured again. This page is written by `%s`, which runs
                everything in virtual time on all cores and takes a few minutes; a test looks that no section is missing here. Every
                figure follows from the seed: the same command writes the same page, on any machine and with any number of threads.

                There are two kinds of experiments. The *models* (package `sim.epidemic`) are the papers' own: synchronous rounds, and
                nothing of our protocol. They show that we have understood the paper. *Production* is the code that runs in an agent, in
                the simulator. It shows what became of the paper.

                *Ratio* is what was measured divided by what stands before it: published, or what theory or the model has. An empty cell means
                that there is no such figure.

                """.formatted(command);
    }
}
