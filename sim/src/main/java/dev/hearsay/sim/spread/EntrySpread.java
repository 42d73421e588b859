package dev.hearsay.sim.spread;

import dev.hearsay.core.Config;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.sim.Network;
import java.time.Duration;

/**
 * Settings of one run: node 0 writes an entry at virtual time 0, and the others get it.
 *
 * <pre>{@code
 * EntryRun run = EntrySpread.of(10_000).seed(7).start(SpreadListener.NONE);
 * run.advance(Duration.ofSeconds(2));
 * }</pre>
 *
 * <p>Settings, seed and the calls that follow decide everything that happens: the same give the same {@link EntryRun#traceHash}, on every JVM.
 * Not thread-safe.
 */
public final class EntrySpread {
    /** Most nodes. */
    public static final int MAX_NODES = 1 << 20;

    /** Longest value of the entry, in bytes: what surely fits into a packet beside its name. No stream is opened then. */
    public static final int MAX_ENTRY_BYTES = 1000;

    final int nodes;
    long seed = 1;
    Config config = Config.lan();
    StateConfig state = StateConfig.DEFAULTS;
    Network network = Network.lan();
    int entryBytes = 32;

    private EntrySpread(int nodes) {
        this.nodes = nodes;
    }

    /**
     * An entry among that many nodes, with the presets for a LAN, a LAN between them and seed 1 unless said otherwise.
     *
     * @throws IllegalArgumentException if the number is not 2 to {@value #MAX_NODES}
     */
    public static EntrySpread of(int nodes) {
        range("nodes", nodes, 2, MAX_NODES);
        return new EntrySpread(nodes);
    }

    /** Decides everything that is left to chance. Any value; 1 unless said otherwise. */
    public EntrySpread seed(long value) {
        seed = value;
        return this;
    }

    /** How state is shared: mode, fan-out, rounds and times. */
    public EntrySpread state(StateConfig value) {
        state = value;
        return this;
    }

    /** How long a node that has got the entry gathers before its first round. Zero or more; 1 ms unless said otherwise. */
    public EntrySpread forwardDelay(Duration value) {
        config = config.toBuilder().forwardDelay(value).build();
        return this;
    }

    /**
     * What the network does to packets: latency and loss.
     *
     * @throws IllegalArgumentException if it does anything else
     */
    public EntrySpread network(Network value) {
        if (value.duplication() > 0 || value.reordering() > 0 || value.corruption() > 0 || value.bandwidth() > 0) {
            throw new IllegalArgumentException("network does more than to delay and to lose packets: " + value);
        }
        network = value;
        return this;
    }

    /**
     * Bytes of the entry's value, 32 unless said otherwise.
     *
     * @throws IllegalArgumentException if they are not 0 to {@value #MAX_ENTRY_BYTES}
     */
    public EntrySpread entryBytes(int bytes) {
        range("entryBytes", bytes, 0, MAX_ENTRY_BYTES);
        entryBytes = bytes;
        return this;
    }

    /**
     * Starts the nodes at time 0, and has node 0 write.
     *
     * @param listener hears of it from the first moment on
     * @throws IllegalArgumentException if the entry is longer than the settings of the state allow
     */
    public EntryRun start(SpreadListener listener) {
        EntryRun run = new EntryRun(this, listener);
        run.write();
        return run;
    }

    static void range(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    field + " " + value + " is out of range: must be " + least + " to " + most);
        }
    }
}
