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
 *   k       = confirmations wanted, at most n - 2: neither the accused nor its accuser can confirm
 *   timeout = max - (max - min) × ln(c + 1) / ln(k + 1)   after c confirmations, at least min;   min if k = 0
 * </pre>
 *
 * <p>That is for silence. If the member's machine has told this node twice, half of {@code goneTimeout} apart, that the
 * process is gone, and somebody else accuses it, too, then it has {@code goneTimeout} from the first time on
 * ({@link Evidence#REFUSED}).
 */
final class Suspicion {
    private static final long MILLI = 1_000_000;
    private static final long NEVER = Long.MIN_VALUE;

    private final long incarnation;
    private final long since;
    private final long min;
    private final long max;
    private final int wanted;

    /** The first is the accuser, who cannot confirm itself. */
    private final List<String> accusers = new ArrayList<>(1);

    /** The member keeps at least this much time, whatever the confirmations say. */
    private long least;

    private long firstRefusal = NEVER;
    private long lastRefusal = NEVER;

    /** Whether the member has answered this node since its last look. */
    private boolean answered;

    private boolean lookedAgain;

    /** Whether this node has told the member once more that it is accused. */
    private boolean reminded;

    /** When this node wants to see for itself. */
    private long verification = NEVER;

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

    /** How many confirmations a suspicion waits for among n members, if it wants that many where there are enough. */
    static int confirmationsWanted(int confirmations, int n) {
        return Math.max(0, Math.min(confirmations, n - 2));
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

    /** When it was raised, on the node's clock. */
    long since() {
        return since;
    }

    /** Who accuses the member; the first raised the suspicion. */
    List<String> accusers() {
        return accusers;
    }

    /** When the member is given up if it only stays silent, on the node's clock. */
    long deadline() {
        return since + Math.max(least, timeout(accusers.size() - 1, wanted, min, max));
    }

    /**
     * When the member is given up, on the node's clock.
     *
     * @param goneTimeout how long a process may be gone, in nanoseconds; 0: refusals count as silence
     * @param self the name of this node
     * @param alone whether nobody is there who could accuse the member, too
     */
    long deadline(long goneTimeout, String self, boolean alone) {
        boolean gone = goneTimeout > 0 && firstRefusal != NEVER && lastRefusal - firstRefusal >= goneTimeout / 2;
        if (gone && (alone || accusedByAnother(self))) {
            return Math.min(deadline(), firstRefusal + goneTimeout);
        }
        return deadline();
    }

    boolean accusedBy(String member) {
        return accusers.contains(member);
    }

    private boolean accusedByAnother(String self) {
        return accusers.size() > 1 || !accusers.get(0).equals(self);
    }

    /** Takes note of another accuser. False if it adds nothing: not new, or enough have confirmed. */
    boolean confirm(String accuser) {
        // One is noted in any case: a refusal counts only if somebody else accuses, too.
        if (accusers.size() - 1 >= Math.max(1, wanted) || accusers.contains(accuser)) {
            return false;
        }
        accusers.add(accuser);
        return true;
    }

    /** The member has shown that it lives: it gets the shortest timeout again, from now. */
    void answered(long now) {
        answered = true;
        lookedAgain = false;
        notBefore(now + min);
    }

    /**
     * Whether this node should look once more before it gives the member up; true once. So it should if it hoped in vain for
     * others to confirm, or if the member has answered: then most likely it missed the refutation.
     */
    boolean lastLook() {
        boolean look = !lookedAgain && (answered || accusers.size() - 1 < wanted);
        lookedAgain = true;
        answered = false;
        return look;
    }

    /** Whether the member should be told once more that it is accused, before it is given up; true once. */
    boolean reminderDue() {
        boolean due = !reminded;
        reminded = true;
        return due;
    }

    /** The member's machine has told this node that the process is gone. Returns whether that is new. */
    boolean refused(long now) {
        boolean first = firstRefusal == NEVER;
        firstRefusal = first ? now : firstRefusal;
        lastRefusal = now;
        return first;
    }

    /** This node will probe the member itself then, or earlier if it was to be earlier. */
    void verifyAt(long time) {
        verification = verification == NEVER ? time : Math.min(verification, time);
    }

    /** Whether it is time to probe the member; true once. */
    boolean verificationDue(long now) {
        boolean due = verification != NEVER && now >= verification;
        if (due) {
            verification = NEVER;
        }
        return due;
    }

    /** The member is not given up before then. What its machine said earlier counts no more. */
    void notBefore(long time) {
        firstRefusal = NEVER;
        lastRefusal = NEVER;
        if (time - since > least) {
            least = time - since;
        }
    }
}
