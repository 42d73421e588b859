package dev.hearsay.core.detector;

import dev.hearsay.core.membership.Member;

/** A probe in flight: one dialogue with one member, from the ping to an answer or to the end of its time. */
final class Probe {
    /** Why a member is probed. */
    enum Reason {
        /** It is its turn: ping first, the rest only if it stays silent. */
        ROUND,
        /** Somebody has reason to doubt that it lives: ping and stream at once. */
        DOUBT,
        /** It is about to be given up on others' word: a ping that tells it so. Its silence adds nothing. */
        REMINDER
    }

    private final Member target;
    private final int number;
    private final Reason reason;

    private long begun;
    private long due;
    private long pingTime;
    private boolean helpersAsked;
    private int helpers;
    private int nacksExpected;
    private int nacksReceived;
    private boolean ripe;
    private boolean streamOpened;
    private boolean brokenBefore;
    private boolean refused;

    /** A probe of the target, whose ping is still to be sent. */
    Probe(Member target, int number, Reason reason, long now) {
        this.target = target;
        this.number = number;
        this.reason = reason;
        this.begun = now;
        this.due = now;
    }

    /**
     * Its ping is sent now.
     *
     * @param time how long the probe may take: if no answer has come by then, it has failed; nanoseconds
     * @param forPing how long of that the direct ping may take
     */
    void begin(long now, long time, long forPing) {
        begun = now;
        due = now + time;
        pingTime = forPing;
    }

    /** The member probed, as it was known when the probe began. */
    Member target() {
        return target;
    }

    /** Of its ping, and of everything that answers. */
    int number() {
        return number;
    }

    Reason reason() {
        return reason;
    }

    long begun() {
        return begun;
    }

    long due() {
        return due;
    }

    long pingTime() {
        return pingTime;
    }

    /** The direct ping has had its chance. */
    void askHelpers() {
        helpersAsked = true;
    }

    /** Whether {@link #askHelpers} was called: an ack may be from a helper from then on. */
    boolean helpersAsked() {
        return helpersAsked;
    }

    /** One more helper has been asked. */
    void expectHelper(boolean nack) {
        helpers++;
        nacksExpected += nack ? 1 : 0;
    }

    void nack() {
        nacksReceived++;
    }

    void openStream() {
        streamOpened = true;
    }

    boolean streamOpened() {
        return streamOpened;
    }

    /** The stream was closed without an answer. Returns whether that happened before. */
    boolean broken() {
        boolean before = brokenBefore;
        brokenBefore = true;
        return before;
    }

    /** The target's machine says that the process is gone. */
    void refuse() {
        refused = true;
    }

    boolean refused() {
        return refused;
    }

    /** A stream would have brought an answer by now. */
    void ripen() {
        ripe = true;
    }

    /**
     * Whether nothing more is to be expected: all that were asked have said that the target did not answer them, and the
     * stream has had its time. If nobody could be asked, or one that knows no nacks, the probe keeps its time.
     */
    boolean exhausted() {
        return ripe && helpers > 0 && nacksReceived >= helpers;
    }

    /**
     * What the failure of this probe says about this node's own health: each helper that stayed silent is a hint that the
     * fault is here; if none could have spoken, the failure itself is (Lifeguard, section IV-A).
     */
    int evidenceAgainstSelf() {
        return nacksExpected > 0 ? Math.max(0, nacksExpected - nacksReceived) : 1;
    }
}
