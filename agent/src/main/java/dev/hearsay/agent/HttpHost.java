package dev.hearsay.agent;

import dev.hearsay.agent.config.AgentSettings;
import dev.hearsay.agent.http.HttpServer;
import java.util.Map;
import java.util.function.Supplier;

/** The agent as its HTTP server sees it. */
record HttpHost(
        AgentSettings settings,
        Lifecycle lifecycle,
        Joining joining,
        Supplier<Map<String, String>> counted,
        Supplier<String> secret)
        implements HttpServer.Host {

    @Override
    public void exit() {
        lifecycle.left();
    }

    @Override
    public void failed(String line) {
        lifecycle.failed(line);
    }

    @Override
    public boolean joined() {
        return !joining.pending();
    }

    @Override
    public Map<String, String> figures() {
        return counted.get();
    }

    @Override
    public String token() {
        return secret.get();
    }
}
