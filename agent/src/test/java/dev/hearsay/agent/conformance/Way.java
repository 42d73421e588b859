package dev.hearsay.agent.conformance;

/** Who asks, and who is asked. */
enum Way {
    /** What the others are compared with. */
    SERF_SERF(false, false, "serf, serf agent"),
    OURS_SERF(true, false, "hearsay, serf agent"),
    SERF_OURS(false, true, "serf, hearsay agent"),
    OURS_OURS(true, true, "hearsay, hearsay agent");

    private final boolean ourCommands;
    private final boolean ourAgent;
    private final String text;

    Way(boolean ourCommands, boolean ourAgent, String text) {
        this.ourCommands = ourCommands;
        this.ourAgent = ourAgent;
        this.text = text;
    }

    /** Whether the commands are ours. */
    boolean ourCommands() {
        return ourCommands;
    }

    /** Whether the agent they talk to is ours. */
    boolean ourAgent() {
        return ourAgent;
    }

    String text() {
        return text;
    }
}
