package dev.hearsay.tidy.samples;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** One nested class for each thing the core must not do. */
@SuppressWarnings("unused")
public final class Sins {
    private Sins() {}

    static final class ReadsAClock {
        long now() {
            return System.nanoTime();
        }
    }

    static final class ReadsAClockByReference {
        final LongSupplier clock = System::currentTimeMillis;
    }

    static final class AsksForNow {
        Object now() {
            return java.time.Instant.now();
        }
    }

    static final class HasASocketAddress {
        final InetSocketAddress address = new InetSocketAddress(1);
    }

    static final class UsesConcurrency {
        final Map<String, String> map = new ConcurrentHashMap<>();
    }

    static final class StartsAThread {
        final Thread thread = new Thread(() -> {});
    }

    static final class RollsDice {
        double roll() {
            return Math.random();
        }
    }

    static final class RollsItsOwnDice {
        final Random random = new Random(1);
    }

    static final class RollsTheThreadsDice {
        int roll() {
            return ThreadLocalRandom.current().nextInt();
        }
    }

    static final class MakesAUuid {
        final Supplier<UUID> ids = UUID::randomUUID;
    }

    static final class ShufflesBlindly {
        void shuffle(List<String> list) {
            Collections.shuffle(list);
        }
    }

    static final class LogsSomething {
        final Logger logger = Logger.getLogger("sin");
    }

    static final class PrintsSomething {
        void print() {
            System.out.println("sin");
        }
    }

    static final class MakesASetWithoutOrder {
        final Set<String> names = Set.of("a", "b");
    }

    static final class MakesAMapWithoutOrder {
        final Map<String, String> names = Map.copyOf(new java.util.TreeMap<>());
    }

    @SuppressWarnings("IdentityHashMapUsage")
    static final class KeysByIdentity {
        final Map<String, String> map = new IdentityHashMap<>();
    }

    static final class HashesByIdentity {
        int hash(Object o) {
            return System.identityHashCode(o);
        }
    }

    static final class RunsInParallel {
        long count(List<String> list) {
            return list.parallelStream().count();
        }
    }

    static final class TakesALogarithm {
        double log(double x) {
            return Math.log(x);
        }
    }

    static final class FormatsText {
        String text(int n) {
            return String.format("%d", n);
        }
    }

    static final class ReadsAFile {
        byte[] read() throws java.io.IOException {
            return java.nio.file.Files.readAllBytes(java.nio.file.Path.of("sin"));
        }
    }

    static final class LoadsByName {
        Class<?> load() throws ClassNotFoundException {
            return Class.forName("sin");
        }
    }

    /** Innocent: what the rules must let through. */
    public static final class Innocent {
        private final List<String> names = new ArrayList<>(List.of("a"));
        private final Map<String, Integer> sizes = new java.util.HashMap<>();

        /** Does what the core does all day. */
        public String step(long now, int x) {
            sizes.merge("a", Math.max(x, 1), Integer::sum);
            double root = Math.sqrt(x) + StrictMath.log(x + 1.0);
            return names.get(0) + now + root + java.time.Duration.ofNanos(now).toMillis() + new Point(x, x).hashCode();
        }

        record Point(int x, int y) {}
    }
}
