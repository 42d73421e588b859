package dev.hearsay.experiment.scenario;

import java.util.List;

/** A scenario that cannot be run as it stands: one line for each mistake, {@code file:line: key: what, and the rule}. */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Most mistakes that are told of one file. */
    static final int MOST = 20;

    /** One or more mistakes. */
    ScenarioException(List<String> mistakes) {
        super(String.join("\n", mistakes));
    }
}
