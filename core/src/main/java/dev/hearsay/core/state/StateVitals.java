package dev.hearsay.core.state;

/**
 * Figures of the shared state at one moment.
 *
 * @param entries that the node keeps, tombstones included
 * @param live of these, the ones that are no tombstones
 * @param bytes they take in memory, about
 * @param telling entries that others are being told of
 * @param backlog bytes of this node's own writes that wait to be sent
 * @param wanted entries that were asked for
 * @param alone this node's own writes that no other member is known to have
 * @param horizon the stamp up to which deletions are forgotten; 0 for none
 * @param fetching whether the whole state of another member is being fetched
 */
public record StateVitals(
        int entries,
        int live,
        long bytes,
        int telling,
        long backlog,
        int wanted,
        int alone,
        long horizon,
        boolean fetching) {}
