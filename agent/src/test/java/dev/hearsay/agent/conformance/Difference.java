package dev.hearsay.agent.conformance;

import java.util.List;

/**
 * Where our commands or our agent deliberately do something else than Serf's.
 *
 * @param id under which docs/serf-compatibility.md explains it
 * @param side whose doing it is
 * @param shown what ours shows in these steps
 * @param steps where it shows
 */
record Difference(String id, Side side, String shown, List<String> steps) {
    /** Whose doing it is. */
    enum Side {
        COMMANDS,
        AGENT
    }

    static Difference commands(String id, String shown, String... steps) {
        return new Difference(id, Side.COMMANDS, shown, List.of(steps));
    }

    static Difference agent(String id, String shown, String... steps) {
        return new Difference(id, Side.AGENT, shown, List.of(steps));
    }

    /** Whether this may be what differs here. */
    boolean allows(Way way, String step, Outcome actual) {
        boolean ours = side == Side.COMMANDS ? way.ourCommands() : way.ourAgent();
        return ours && steps.contains(step) && actual.text().contains(shown);
    }
}
