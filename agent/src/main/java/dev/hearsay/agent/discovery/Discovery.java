package dev.hearsay.agent.discovery;

import dev.hearsay.agent.Daemons;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces this node, looks for others every {@link #POLL}, and joins who is new. Who was joined once is left alone, also
 * after it has gone; who could not be joined is tried again with the next look. On two threads of its own, because an
 * announcement takes some seconds.
 */
public final class Discovery implements AutoCloseable {
    /** How often to look. */
    static final Duration POLL = Duration.ofSeconds(60);
    /** How many are remembered as joined; then the oldest is forgotten, and joined again if it is found again. */
    static final int MAX_JOINED = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    private final Lookup lookup;
    private final Joiner joiner;
    private final Set<String> joined = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_JOINED;
        }
    });
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, Daemons.named("discovery"));

    /** Joins others; returns how many answered. */
    @FunctionalInterface
    public interface Joiner {
        /** Joins them, in one attempt; blocks. */
        int join(List<String> seeds) throws IOException;
    }

    /**
     * A discovery that has not begun.
     *
     * @param self this node's own address, as the look-up shows it
     */
    Discovery(Lookup lookup, Joiner joiner, String self) {
        this.lookup = lookup;
        this.joiner = joiner;
        this.joined.add(self);
    }

    /** Announces this node and begins to look. */
    public static Discovery start(Lookup lookup, Joiner joiner, String self) {
        Discovery discovery = new Discovery(lookup, joiner, self);
        discovery.timer.execute(discovery::announce);
        var unused = discovery.timer.scheduleWithFixedDelay(discovery::look, 0, POLL.toMillis(), TimeUnit.MILLISECONDS);
        return discovery;
    }

    /** Withdraws the announcement. */
    @Override
    public void close() {
        timer.shutdownNow();
        lookup.close();
    }

    private void announce() {
        try {
            lookup.announce();
        } catch (IOException e) {
            LOG.error("Error starting mDNS listener: {}", e.getMessage());
        }
    }

    /** One look. */
    void look() {
        Collection<String> found;
        try {
            found = lookup.find();
        } catch (IOException e) {
            LOG.error("mDNS: Failed to poll for new hosts: {}", e.getMessage());
            return;
        }
        List<String> fresh = new ArrayList<>(found);
        fresh.removeAll(joined);
        if (fresh.isEmpty()) {
            return;
        }
        try {
            int contacted = joiner.join(fresh);
            LOG.info("mDNS: Joined {} hosts", contacted);
            joined.addAll(fresh);
        } catch (IOException e) {
            LOG.error("mDNS: Failed to join: {}", e.getMessage());
        }
    }
}
