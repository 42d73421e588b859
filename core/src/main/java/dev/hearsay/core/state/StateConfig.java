package dev.hearsay.core.state;

import java.time.Duration;

/**
 * How shared state spreads, and how much of it there may be. Immutable; {@link #DEFAULTS} are for a LAN.
 *
 * @param enabled whether this node takes part. Without, it keeps nothing and says nothing
 * @param mode how writes spread; default {@link Mode#PUSH_THEN_PULL}
 * @param fanout to how many members a round goes, 1 to 32, default 4. More are faster, by log(n) / log(fan-out), and cost announcements
 * @param switchHops after how many hops an entry is no longer pushed but announced, 0 to 16; -1, the default, for as many as reach about a
 *     tenth of the members: log_f(n / 10). One more multiplies the copies that nobody needed by the fan-out, one less costs some
 *     members the time of a fetch. 0: only announced, even by its writer
 * @param rounds how often an entry is pushed or announced by whoever got it, 1 to 16, default 3: of n members n e^(-fan-out rounds) hear of it
 *     only in an exchange
 * @param roundNanos from the second round on, how long after the one before; default 10 ms. The first comes after {@link
 *     dev.hearsay.core.Config#forwardDelayNanos()}
 * @param exchangeNanos how often a member compares its state with another, default 1 s. In sync that costs about 100 bytes; whoever has
 *     missed an entry waits for it half as long on average, as both sides ask
 * @param bytesPerSecond how many bytes of entries this node sends at most, all together; default 8 MiB
 * @param peerBytesPerSecond how many bytes of entries one member gets at most when it asks; default 4 MiB
 * @param maxEntries how many entries there may be, tombstones included; default 1,000,000
 * @param maxBytes how many bytes all entries may take in memory; default 256 MiB
 * @param maxValueBytes longest value of an entry, at most {@value #MOST_VALUE_BYTES}, default 65,536. What does not fit into a packet is announced,
 *     and fetched over a stream
 * @param maxBacklogBytes how many bytes of this node's own writes may wait to be pushed; then a write is refused. Default 4 MiB: half a second at
 *     {@code bytesPerSecond}
 * @param graceNanos how long a deletion is remembered at least, and at most about twice as long while nobody is away; default 1 h. Members that
 *     failed hold it up until they are forgotten themselves. Who comes back later still has its entries of old deleted that nobody else has
 * @param skewNanos how far ahead of this node's clock a stamp may be; above, the entry is quarantined. Default 1 min
 * @param leaseNanos how long a member's own facts hold after it has last confirmed them, which it does at half that time; default 1 h
 */
public record StateConfig(
        boolean enabled,
        Mode mode,
        int fanout,
        int switchHops,
        int rounds,
        long roundNanos,
        long exchangeNanos,
        long bytesPerSecond,
        long peerBytesPerSecond,
        int maxEntries,
        long maxBytes,
        int maxValueBytes,
        long maxBacklogBytes,
        long graceNanos,
        long skewNanos,
        long leaseNanos) {

    /** How writes spread. In every mode an exchange finds what was missed. */
    public enum Mode {
        /** Whoever gets an entry pushes it, in all its rounds. */
        PUSH,
        /** Nobody is told: each member asks another for what it has not, at each exchange. */
        PULL,
        /** At each exchange both sides give each other what the other has not. */
        PUSH_PULL,
        /** An entry is pushed while it is young; then it is announced, in a few bytes, and whoever has not got it fetches it once. */
        PUSH_THEN_PULL
    }

    /** The longest value there can be, in bytes. */
    public static final int MOST_VALUE_BYTES = 1 << 20;

    private static final int MOST_FANOUT = 32;
    private static final int MOST_ROUNDS = 16;

    /** For a LAN. */
    public static final StateConfig DEFAULTS = new StateConfig(
            true,
            Mode.PUSH_THEN_PULL,
            4,
            -1,
            3,
            Duration.ofMillis(10).toNanos(),
            Duration.ofSeconds(1).toNanos(),
            8 << 20,
            4 << 20,
            1_000_000,
            256 << 20,
            1 << 16,
            4 << 20,
            Duration.ofHours(1).toNanos(),
            Duration.ofMinutes(1).toNanos(),
            Duration.ofHours(1).toNanos());

    /** Takes no part. */
    public static final StateConfig OFF = DEFAULTS.with(b -> b.enabled = false);

    /** Checks the ranges. */
    public StateConfig {
        between("fanout", fanout, 1, MOST_FANOUT);
        between("switchHops", switchHops, -1, MOST_ROUNDS);
        between("rounds", rounds, 1, MOST_ROUNDS);
        between("roundNanos", roundNanos, 1, Long.MAX_VALUE);
        between("exchangeNanos", exchangeNanos, 1_000_000, Long.MAX_VALUE);
        between("bytesPerSecond", bytesPerSecond, 1 << 10, 1L << 40);
        between("peerBytesPerSecond", peerBytesPerSecond, 1 << 10, 1L << 40);
        between("maxEntries", maxEntries, 1, Integer.MAX_VALUE);
        between("maxBytes", maxBytes, 1, Long.MAX_VALUE);
        between("maxValueBytes", maxValueBytes, 0, MOST_VALUE_BYTES);
        between("maxBacklogBytes", maxBacklogBytes, 1, Long.MAX_VALUE);
        between("graceNanos", graceNanos, 1, Long.MAX_VALUE);
        between("skewNanos", skewNanos, 0, Long.MAX_VALUE);
        between("leaseNanos", leaseNanos, 1_000_000_000L, Long.MAX_VALUE);
    }

    private static void between(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("state " + name + " is " + value + ": must be " + least
                    + (most == Long.MAX_VALUE ? " or more" : " to " + most));
        }
    }

    /** The same with some settings changed. */
    public StateConfig with(java.util.function.Consumer<Changes> changes) {
        Changes all = new Changes(this);
        changes.accept(all);
        return all.made();
    }

    /** All settings, to be changed: see {@link #with}. Their meaning and units are those of the record's components. */
    public static final class Changes {
        /** See {@link StateConfig#enabled}. */
        public boolean enabled;

        /** See {@link StateConfig#mode}. */
        public Mode mode;

        /** See {@link StateConfig#fanout}. */
        public int fanout;

        /** See {@link StateConfig#switchHops}. */
        public int switchHops;

        /** See {@link StateConfig#rounds}. */
        public int rounds;

        /** See {@link StateConfig#roundNanos}. */
        public long roundNanos;

        /** See {@link StateConfig#exchangeNanos}. */
        public long exchangeNanos;

        /** See {@link StateConfig#bytesPerSecond}. */
        public long bytesPerSecond;

        /** See {@link StateConfig#peerBytesPerSecond}. */
        public long peerBytesPerSecond;

        /** See {@link StateConfig#maxEntries}. */
        public int maxEntries;

        /** See {@link StateConfig#maxBytes}. */
        public long maxBytes;

        /** See {@link StateConfig#maxValueBytes}. */
        public int maxValueBytes;

        /** See {@link StateConfig#maxBacklogBytes}. */
        public long maxBacklogBytes;

        /** See {@link StateConfig#graceNanos}. */
        public long graceNanos;

        /** See {@link StateConfig#skewNanos}. */
        public long skewNanos;

        /** See {@link StateConfig#leaseNanos}. */
        public long leaseNanos;

        private Changes(StateConfig from) {
            enabled = from.enabled;
            mode = from.mode;
            fanout = from.fanout;
            switchHops = from.switchHops;
            rounds = from.rounds;
            roundNanos = from.roundNanos;
            exchangeNanos = from.exchangeNanos;
            bytesPerSecond = from.bytesPerSecond;
            peerBytesPerSecond = from.peerBytesPerSecond;
            maxEntries = from.maxEntries;
            maxBytes = from.maxBytes;
            maxValueBytes = from.maxValueBytes;
            maxBacklogBytes = from.maxBacklogBytes;
            graceNanos = from.graceNanos;
            skewNanos = from.skewNanos;
            leaseNanos = from.leaseNanos;
        }

        private StateConfig made() {
            return new StateConfig(
                    enabled,
                    mode,
                    fanout,
                    switchHops,
                    rounds,
                    roundNanos,
                    exchangeNanos,
                    bytesPerSecond,
                    peerBytesPerSecond,
                    maxEntries,
                    maxBytes,
                    maxValueBytes,
                    maxBacklogBytes,
                    graceNanos,
                    skewNanos,
                    leaseNanos);
        }
    }
}
