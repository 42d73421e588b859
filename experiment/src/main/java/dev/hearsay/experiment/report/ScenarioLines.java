package dev.hearsay.experiment.report;

import dev.hearsay.experiment.run.RunResult;
import dev.hearsay.experiment.run.Verdict;
import java.util.List;

/** The text of a scenario by lines. A variation may have moved what a verdict was found on in the original file. */
final class ScenarioLines {
    private final List<String> lines;

    ScenarioLines(RunResult result) {
        lines = result.text().lines().toList();
    }

    List<String> all() {
        return lines;
    }

    /** Where the expectation stands in this text, from 1; 0 if it is not found. */
    int of(Verdict verdict) {
        String name = verdict.expectation().split(":", 2)[0] + ":";
        int told = verdict.line();
        if (told >= 1 && told <= lines.size() && lines.get(told - 1).contains(name)) {
            return told;
        }
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith(name)) {
                return i + 1;
            }
        }
        return 0;
    }
}
