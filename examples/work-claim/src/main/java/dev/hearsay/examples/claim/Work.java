package dev.hearsay.examples.claim;

/** What there is to do in a shard, step by step. One thread of each worker calls it. */
@FunctionalInterface
interface Work {
    /**
     * Does the next step; must not take long, as the worker answers nobody meanwhile.
     *
     * @param position how many steps were done before, by whomever
     * @return the position after it
     */
    long step(int shard, long position);
}
