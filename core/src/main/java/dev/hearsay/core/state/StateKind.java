package dev.hearsay.core.state;

/** The kinds of entries this version understands: numbers on the wire. Entries of other kinds are kept and passed on, but not read. */
public final class StateKind {
    /** What a member says of itself: one writer, and the newest version counts. */
    public static final int FACT = 1;

    /** A key of a map: the newest version counts, whoever wrote it (last writer wins). */
    public static final int MAP = 2;

    /** That an element was added to a set, by the owner: it is in the set while any of its entries is not deleted (add wins). */
    public static final int SET = 3;

    /** What the owner has added to a counter and taken off it (PN counter). */
    public static final int COUNTER = 4;

    /** A value that the owner gave a register; those that did not know of each other stand side by side (multi-value register). */
    public static final int REGISTER = 5;

    private StateKind() {}

    /** The word for a kind, for a person. */
    public static String text(int kind) {
        return switch (kind) {
            case FACT -> "fact";
            case MAP -> "map";
            case SET -> "set";
            case COUNTER -> "counter";
            case REGISTER -> "register";
            default -> "kind " + kind;
        };
    }
}
