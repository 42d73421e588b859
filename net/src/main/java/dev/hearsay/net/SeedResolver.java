package dev.hearsay.net;

import dev.hearsay.api.node.Seed;
import dev.hearsay.core.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Turns a seed into addresses. An IP literal is its own answer; a DNS name stands for all its A and AAAA records.
 *
 * <p>Names are looked up by the JVM's resolver, so that {@code /etc/hosts} and the JVM's cache settings hold, on threads
 * where blocking harms nobody.
 */
final class SeedResolver {
    /** Most addresses tried of one DNS name; the rest are ignored: one answer is enough to join. */
    static final int MAX_ADDRESSES_PER_SEED = 32;

    private final Executor threads;

    /** Looks names up on the given threads. */
    SeedResolver(Executor threads) {
        this.threads = threads;
    }

    /**
     * The addresses of the seed, at least one. A lookup takes as long as the system's resolver takes; a caller that cannot
     * wait stops waiting.
     *
     * @return completes on any thread; exceptionally with {@link Seed.Unresolved} if there are none
     */
    CompletableFuture<List<Address>> resolve(Seed seed) {
        byte[] literal = seed.literal();
        return literal != null
                ? CompletableFuture.completedFuture(List.of(Address.of(literal, seed.port())))
                : CompletableFuture.supplyAsync(() -> lookUp(seed), threads);
    }

    private static List<Address> lookUp(Seed seed) {
        InetAddress[] found;
        try {
            found = InetAddress.getAllByName(seed.host());
        } catch (UnknownHostException e) {
            throw new Seed.Unresolved(seed, "unknown host");
        }
        Set<Address> addresses = new LinkedHashSet<>();
        for (InetAddress address : found) {
            if (addresses.size() < MAX_ADDRESSES_PER_SEED) {
                addresses.add(Address.of(address.getAddress(), seed.port()));
            }
        }
        return List.copyOf(addresses);
    }
}
