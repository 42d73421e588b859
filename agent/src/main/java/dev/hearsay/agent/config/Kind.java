package dev.hearsay.agent.config;

/** What a setting's value looks like. */
public enum Kind {
    /** A text. */
    TEXT("text"),
    /** A whole number. */
    NUMBER("number"),
    /** A duration in Go's notation, in a text. */
    TIME("time"),
    /** On or off; a flag may stand alone for on. */
    SWITCH("true or false"),
    /** Texts; a flag is repeated. Those of several files and flags come one after the other. */
    LIST("list of texts"),
    /** Texts by name, {@code name=value} as a flag. A later one replaces an earlier one of the same name. */
    PAIRS("texts by name");

    private final String text;

    Kind(String text) {
        this.text = text;
    }

    /** How people write it. */
    public String text() {
        return text;
    }
}
