package dev.hearsay.agent.mixed;

/** Whose agent a member is. */
enum Kind {
    OURS("h"),
    SERF("s");

    private final String initial;

    Kind(String initial) {
        this.initial = initial;
    }

    /** The name of the n-th of this kind: h1, s1. */
    String member(int n) {
        return initial + n;
    }
}
