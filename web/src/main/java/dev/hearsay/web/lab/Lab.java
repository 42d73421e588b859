package dev.hearsay.web.lab;

import dev.hearsay.web.TenNodes;
import org.teavm.jso.JSExport;

/** What the module {@code engine/engine.js} exports. */
public final class Lab {
    /** The seed of the ten nodes, as {@link TenNodes#main} has it. */
    private static final long TEN = 10;

    private Lab() {}

    /** All settings with their ranges and meanings, as a JSON list. */
    @JSExport
    public static String schema() {
        return LabSettings.schema();
    }

    /** What a link says, as JSON: settings, actions and problems. What is nonsense gets its usual value, and a problem. */
    @JSExport
    public static String parse(String link) {
        return LabLink.parse(link).json();
    }

    /**
     * What follows the {@code #} of a link to that run.
     *
     * @throws IllegalArgumentException naming what is wrong with the settings or the actions
     */
    @JSExport
    public static String link(String settingsJson, String actionsJson) {
        return LabLink.of(LabSettings.of(settingsJson), LabAction.all(actionsJson));
    }

    /**
     * A scenario file for {@code hearsay sim run} that does the same with whole nodes.
     *
     * @throws IllegalArgumentException naming what is wrong with the settings or the actions, or if no scenario can say it
     */
    @JSExport
    public static String scenario(String settingsJson, String actionsJson) {
        return LabScenario.of(LabSettings.of(settingsJson), LabAction.all(actionsJson));
    }

    /**
     * Begins a run.
     *
     * @throws IllegalArgumentException naming what is wrong with the settings
     */
    @JSExport
    public static Run create(String settingsJson) {
        return new Run(LabSettings.of(settingsJson));
    }

    /** For the test that holds JavaScript against the JVM. */
    @JSExport
    public static String tenNodes() {
        return TenNodes.story(TEN);
    }
}
