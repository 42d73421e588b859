package dev.hearsay.api;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How a join went.
 *
 * @param seeds a result for each address tried, in the order of the seeds; immutable
 */
public record JoinResult(List<Seed> seeds) {

    /**
     * How it went with one seed address.
     *
     * @param seed the seed as the caller wrote it
     * @param address the address tried, as {@code ip:port}; empty if the seed could not be resolved
     * @param joined whether the seed answered
     * @param members live members known after merging what the seed told us; 0 if it did not answer
     * @param error why it did not, for a person; empty if it did
     */
    public record Seed(String seed, String address, boolean joined, int members, String error) {}

    /** How many addresses answered. */
    public int contacted() {
        return (int) seeds.stream().filter(Seed::joined).count();
    }

    /**
     * This result, if at least one seed answered.
     *
     * @throws JoinException if none did; its message names each seed and why
     */
    public JoinResult orThrow() {
        if (contacted() == 0) {
            throw new JoinException(seeds.stream()
                    .map(s -> s.seed()
                            + (s.address().isEmpty() || s.address().equals(s.seed()) ? "" : " (" + s.address() + ")")
                            + ": " + s.error())
                    .collect(Collectors.joining("; ", "no seed answered: ", "")));
        }
        return this;
    }

    /** No seed answered. */
    public static final class JoinException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        JoinException(String message) {
            super(message);
        }
    }
}
