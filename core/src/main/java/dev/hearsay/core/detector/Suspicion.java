package dev.hearsay.core.detector;

import java.util.ArrayList;
import java.util.List;

/**
 * One suspicion: who raised it, who confirmed it, and until when the member may refute (Lifeguard, section IV-B).
 *
 * <p>It starts with a long timeout. Each independent confirmation shortens it towards the minimum, on a logarithmic
 * scale, so that the first confirmations count most:
 *
 * <pre>
 *   min     = suspicionMult × max(1, log10 n) × period
 *   max     = suspicionMaxMult × min
 *   k       = suspicionMult - 2 confirmations wanted; 0 in clusters too small to have them
 *   timeout = max - (max - min) × ln(c + 1) / ln(k + 1)   after c confirmations, at least min;   min if k = 0
 * </pre>
 */
final class Suspicion {
    private static final long MILLI = 1_000_000;

    private final long incarnation;
    private final long since;
    private final long min;
    private final long max;
    private final int wanted;

    /** The first is the accuser, who cannot confirm itself. */
    private final List<String> accusers = new ArrayList<>(1);

    /** The member keeps at least this much time, whatever the confirmations say. */
    private long least;

    Suspicion(long incarnation, String accuser, long since, long min, long max, int wanted) {
        this.incarnation = incarnation;
        this.since = since;
        this.min = min;
        this.max = max;
        this.wanted = wanted;
        accusers.add(accuser);
    }

    /** The shortest timeout among n members: nanoseconds, the scale cut to thousandths as memberlist does. */
    static long minTimeout(int suspicionMult, int n, long periodNanos) {
        double scale = Math.max(1.0, StrictMath.log10(Math.max(1, n)));
        long thousandths = (long) StrictMath.floor(scale * 1000);
        return suspicionMult * thousandths * (periodNanos / 1000);
    }

    /** How many confirmations a suspicion waits for among n members. */
    static int confirmationsWanted(int suspicionMult, int n) {
        int wanted = suspicionMult - 2;
        return wanted < 1 || n - 2 < wanted ? 0 : wanted;
    }

    /** The timeout after so many confirmations: nanoseconds, cut to milliseconds as memberlist does. */
    static long timeout(int confirmations, int wanted, long min, long max) {
        if (wanted < 1) {
            return min;
        }
        double share = StrictMath.log(confirmations + 1.0) / StrictMath.log(wanted + 1.0);
        long millis = (long) StrictMath.floor((max - share * (max - min)) / MILLI);
        return Math.max(min, millis * MILLI);
    }

    long incarnation() {
        return incarnation;
    }

    /** When the member is given up, on the node's clock. */
    long deadline() {
        return since + Math.max(least, timeout(accusers.size() - 1, wanted, min, max));
    }

    /** Takes note of another accuser. False if it adds nothing: not new, or enough have confirmed. */
    boolean confirm(String accuser) {
        if (accusers.size() - 1 >= wanted || accusers.contains(accuser)) {
            return false;
        }
        accusers.add(accuser);
        return true;
    }

    /** The member has shown that it lives: it gets the shortest timeout again, from now. */
    void answered(long now) {
        notBefore(now + min);
    }

    /** The member is not given up before then. */
    void notBefore(long time) {
        if (time - since > least) {
            least = time - since;
        }
    }
}
