package dev.hearsay.examples.alertmanager;

/** Text that came over the network, made fit for a terminal. */
final class Text {
    /** Characters of one text that are shown. */
    static final int MAX_SHOWN = 200;

    private Text() {}

    /** In quotes; quotes and backslashes inside are escaped. */
    static String quote(String text) {
        return '"' + plain(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    /** What could end a line, move the cursor or change the order of letters is escaped; too long a text is cut. */
    static String plain(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(MAX_SHOWN).forEach(point -> {
            if (Character.isISOControl(point) || unprintable(Character.getType(point))) {
                shown.append(String.format("\\u%04x", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return text.codePointCount(0, text.length()) > MAX_SHOWN ? shown + "..." : shown.toString();
    }

    private static boolean unprintable(int type) {
        return type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.UNASSIGNED;
    }
}
