package dev.hearsay.agent;

/** Whether somebody looks at what is printed. Only the start script can tell: Java cannot ask for one stream alone. */
public final class Terminal {
    private Terminal() {}

    /** Whether standard output is a terminal that can move its cursor. */
    public static boolean out() {
        return able("hearsay.terminal");
    }

    /** Whether standard error is one. */
    public static boolean err() {
        return able("hearsay.terminal.err");
    }

    private static boolean able(String property) {
        return Boolean.getBoolean(property) && !"dumb".equals(System.getenv("TERM"));
    }

    /** Whether to colour what goes to standard output; {@code NO_COLOR} switches colours off (no-color.org). */
    public static boolean colours() {
        String no = System.getenv("NO_COLOR");
        return out() && (no == null || no.isEmpty());
    }
}
