package dev.hearsay.web.lab;

import java.util.Map;

/** What runs in virtual time: it tells its {@link Records} what happens. */
interface Model {
    /**
     * Lets virtual time pass up to that moment, in nanoseconds, or stops earlier when there are so many records. Returns whether time has come to that moment, with
     * all that happens then.
     */
    boolean advance(double until, int mostRecords);

    /** Virtual nanoseconds. */
    double now();

    /**
     * Does this now.
     *
     * @throws RuntimeException saying why it cannot be done
     */
    void act(LabAction action);

    /** Equal for equal runs. */
    long hash();

    /** What has been done in all, by name. */
    Map<String, Object> totals();

    /** What the papers expect, as milliseconds and nodes informed, in turn; empty if they do not say. */
    double[] theory();

    /** Whether nothing more will come of it. */
    boolean done();

    /**
     * What a node believes of each member: 0 alive, 1 suspect, 2 failed, 3 left, 4 it knows none.
     *
     * @throws RuntimeException if nobody believes anything of others here, or the node is down
     */
    byte[] view(int node);
}
