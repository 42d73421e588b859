package dev.hearsay.web.lab;

import java.util.List;

/** A run of the lab as a scenario file for {@code hearsay sim}. */
final class LabScenario {
    private LabScenario() {}

    static String of(LabSettings settings, List<LabAction> actions) {
        return "# " + LabLink.of(settings, actions) + "\n";
    }
}
