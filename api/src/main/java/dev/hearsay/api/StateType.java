package dev.hearsay.api;

import dev.hearsay.core.state.StateKind;

/** The types of shared state. */
public enum StateType {
    /** What a member says of itself; the collection is the member. */
    FACT("fact", StateKind.FACT),
    /** A map: last writer wins. */
    MAP("map", StateKind.MAP),
    /** A set: add wins. */
    SET("set", StateKind.SET),
    /** A counter. */
    COUNTER("counter", StateKind.COUNTER),
    /** A register: may have several values. */
    REGISTER("register", StateKind.REGISTER);

    private final String text;
    private final int kind;

    StateType(String text, int kind) {
        this.text = text;
        this.kind = kind;
    }

    /** The word for it, in lower case. */
    public String text() {
        return text;
    }

    /** The number on the wire. */
    public int kind() {
        return kind;
    }
}
