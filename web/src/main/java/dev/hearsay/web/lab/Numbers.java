package dev.hearsay.web.lab;

/** Numbers as text, equal on a JVM and in a browser, which write decimals differently. */
final class Numbers {
    private static final int THOUSANDTHS = 1000;

    private Numbers() {}

    /** With up to three decimals, and none that is not needed. */
    static String text(double number) {
        long thousandths = Math.round(Math.abs(number) * THOUSANDTHS);
        String whole = (number < 0 && thousandths > 0 ? "-" : "") + thousandths / THOUSANDTHS;
        long rest = thousandths % THOUSANDTHS;
        if (rest == 0) {
            return whole;
        }
        String decimals = Long.toString(THOUSANDTHS + rest).substring(1);
        while (decimals.endsWith("0")) {
            decimals = decimals.substring(0, decimals.length() - 1);
        }
        return whole + "." + decimals;
    }

    /** As {@link #text}, also of what is no number, or too long. */
    static String finite(double number) {
        return Math.abs(number) < 1e15
                ? text(number)
                : number > 0 ? "infinity" : number < 0 ? "-infinity" : "no number";
    }

    /** Whether the number has no decimals. */
    static boolean whole(double number) {
        return number == Math.floor(number);
    }
}
