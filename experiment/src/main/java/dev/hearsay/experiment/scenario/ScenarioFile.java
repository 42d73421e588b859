package dev.hearsay.experiment.scenario;

import dev.hearsay.core.Config;
import dev.hearsay.core.state.StateConfig;
import java.time.Duration;
import java.util.List;

/** Reads scenario files. */
public final class ScenarioFile {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    private ScenarioFile() {}

    /** Reads a file as it is; see the other method. */
    public static Scenario read(String source, String text) {
        return read(source, text, List.of());
    }

    /**
     * Reads a file, with other values here and there.
     *
     * @param source what to call the file in messages
     * @throws ScenarioException telling every mistake there is
     */
    public static Scenario read(String source, String text, List<Variation> variations) {
        YamlTree tree = YamlTree.read(source, text);
        variations.forEach(tree::vary);
        Problems problems = new Problems(tree);
        Section root = Section.of(problems, tree.root(), "");
        String name = root.required("name", "", NAME);
        String about = root.value("about", "", Quantity.TEXT);
        long seed = root.value("seed", 1L, Quantity.SEED);
        Duration duration = root.value("duration", Duration.ofMinutes(2), LENGTH);
        if (!root.has("cluster")) {
            root.problem("", "'cluster' is missing: it says how many members there are");
        }
        Members members = Members.read(root.section("cluster"));
        Section settings = root.section("config");
        Config config = Settings.config(settings, members);
        StateConfig asked = Settings.state(settings.section("state"));
        settings.end();
        NetworkPlan network = Networks.read(root.section("network"), members);
        List<Fault> faults = Faults.read(root.sections("faults"), members, duration);
        Workload workload = Workload.read(root.section("workload"), members, duration);
        List<Expectation> expectations = Expectation.read(root.section("expect"));
        root.end();
        boolean shares = workload.state().isPresent() || settings.has("state");
        Scenario scenario = new Scenario(
                name,
                about.strip(),
                seed,
                duration,
                members,
                config,
                shares ? asked : StateConfig.OFF,
                network,
                faults,
                workload,
                expectations,
                tree.text());
        if (problems.none()) {
            new Checks(scenario, problems).run();
        }
        problems.orThrow();
        return scenario;
    }

    private static final Quantity<String> NAME = Quantity.TEXT.where(
            "must be 1 to 64 letters, digits, '-', '_' or '.'", name -> name.matches("[A-Za-z0-9._-]{1,64}"));

    private static final Quantity<Duration> LENGTH = Quantity.DURATION.where(
            "must be a duration, 1s to 30d", time -> time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0);
}
