package dev.hearsay.agent.http;

import dev.hearsay.agent.config.AgentSettings;
import dev.hearsay.agent.config.ConfigException;
import dev.hearsay.agent.config.ConfigSource;
import dev.hearsay.api.Cluster;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An agent around a cluster that is what the test says. */
final class FakeHost implements HttpServer.Host {
    /** How often it was told to exit. */
    final AtomicInteger exits = new AtomicInteger();
    /** What requests must present; empty for nothing. */
    volatile String token = "";
    /** Whether it has joined. */
    volatile boolean joined = true;

    /** Figures that it has besides the cluster's. */
    final Map<String, String> figures = new ConcurrentHashMap<>();

    private final Cluster cluster;

    FakeHost(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public void exit() {
        exits.incrementAndGet();
    }

    @Override
    public void failed(String line) {
        throw new AssertionError(line);
    }

    @Override
    public boolean joined() {
        return joined;
    }

    @Override
    public Map<String, String> figures() {
        Map<String, String> all = new TreeMap<>(cluster.stats());
        all.putAll(figures);
        return all;
    }

    @Override
    public AgentSettings settings() {
        try {
            return new ConfigSource(List.of(), Map.of()).read();
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String token() {
        return token;
    }
}
