package dev.hearsay.examples.deploy;

/**
 * Who may be away at the same time: at most so many members, and nobody decides it for all (Raymond, "A Distributed Algorithm
 * for Multiple Entries to a Critical Section", 1989, which is Ricart's and Agrawala's of 1981 for more than one).
 *
 * <p>Whoever wants a turn draws a ticket, later than any it has heard of, and asks all others with it. A member says yes unless
 * it is away itself or waits with an earlier ticket. Fewer than {@code atOnce} must be against it, and who says nothing is. Were
 * one too many away, look at the one with the latest ticket: all others were away or before it when they were asked, and said
 * no; or they drew their tickets after that, and would have later ones.
 *
 * <p>Thread-safe.
 */
final class Turns {
    /** Times above it are not believed: nobody counts that far. */
    static final long LATEST = 1L << 62;

    private final String self;
    private final int atOnce;
    private long clock;
    /** 0 if this member wants no turn. */
    private long ticket;

    private boolean away;

    /** At most so many members away at the same time: 1 or more, and the same for all. */
    Turns(String self, int atOnce) {
        this.self = self;
        this.atOnce = atOnce;
    }

    /** This member wants a turn; returns its ticket, which it keeps until it is {@link #back}. */
    synchronized long want() {
        if (ticket == 0) {
            ticket = ++clock;
        }
        return ticket;
    }

    /** Whether that member may go as far as this one is concerned. */
    synchronized boolean yieldTo(String other, long theirs) {
        clock = Math.max(clock, Math.min(theirs, LATEST));
        if (other.equals(self)) {
            return true;
        }
        return !away && (ticket == 0 || theirs < ticket || (theirs == ticket && other.compareTo(self) < 0));
    }

    /** Everybody was asked with the ticket, and so many did not say yes; returns whether this member is away from now on. */
    synchronized boolean leave(int against) {
        away = ticket > 0 && against < atOnce;
        return away;
    }

    /** This member is back. */
    synchronized void back() {
        away = false;
        ticket = 0;
    }
}
