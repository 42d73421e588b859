package dev.hearsay.experiment.validation;

import java.util.List;

/** One experiment: what it is, its figures, and why they are not those of the paper where they are not. */
public interface Section {
    /** What it is called on the command line: small letters and hyphens. */
    String name();

    /** Its heading. */
    String title();

    /** What is measured, how, and who has published what. Markdown. */
    String about();

    /** Why figures deviate from what was published. Markdown. */
    String deviations();

    /** Runs it. The same trials' seed and size give the same tables. */
    List<Table> run(Trials trials);
}
