package dev.hearsay.browser;

import dev.hearsay.agent.config.AgentSettings;
import dev.hearsay.agent.config.ConfigException;
import dev.hearsay.agent.config.ConfigSource;
import dev.hearsay.agent.http.HttpServer;
import dev.hearsay.api.Cluster;
import dev.hearsay.sim.cluster.SimulatedClusters;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An agent's real HTTP server, over a simulated cluster: as many members as wanted, at the cost of none. Virtual time passes as fast
 * as the clock on the wall. The simulation is for one thread, so everything that requests ask of it waits for a lock.
 */
final class ThousandMembers implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(20);

    private final Object lock = new Object();
    private final SimulatedClusters simulation;
    private final HttpServer server;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    ThousandMembers(int members) throws IOException {
        simulation = SimulatedClusters.of(members)
                .seed(8)
                .together()
                .tags(i -> Map.of("zone", "abc".substring(i % 3, i % 3 + 1), "role", i % 10 == 0 ? "seed" : "web"))
                .start();
        // A second in which all meet somebody, so that coordinates say something.
        simulation.run(Duration.ofSeconds(1));
        server = HttpServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                (Cluster) guarded(Cluster.class, simulation.cluster(0)),
                host());
        var unused = clock.scheduleAtFixedRate(
                () -> change(all -> all.run(STEP)), STEP.toMillis(), STEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The dashboard's address. */
    URI page() {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + "/ui/");
    }

    /** Has something happen to the members. */
    void change(Consumer<SimulatedClusters> what) {
        synchronized (lock) {
            what.accept(simulation);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        server.close();
    }

    /** The same, one call at a time; what it returns, too, if that is an interface of ours that one calls again. */
    private Object guarded(Class<?> form, Object inner) {
        return Proxy.newProxyInstance(form.getClassLoader(), new Class<?>[] {form}, (proxy, method, arguments) -> {
            Object result;
            synchronized (lock) {
                try {
                    result = method.invoke(inner, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }
            if (result instanceof CompletableFuture<?> virtual) {
                return plain(virtual);
            }
            Class<?> returned = method.getReturnType();
            return result != null
                            && returned.isInterface()
                            && returned.getName().startsWith("dev.hearsay.api.")
                    ? guarded(returned, result)
                    : result;
        });
    }

    /** A future that a thread may wait for: those of the simulation refuse, as nothing would happen meanwhile. */
    private <T> CompletableFuture<T> plain(CompletableFuture<T> virtual) {
        CompletableFuture<T> plain = new CompletableFuture<>();
        synchronized (lock) {
            var unused = virtual.whenComplete((value, failure) -> {
                if (failure == null) {
                    plain.complete(value);
                } else {
                    plain.completeExceptionally(failure);
                }
            });
        }
        return plain;
    }

    private HttpServer.Host host() {
        return new HttpServer.Host() {
            @Override
            public void exit() {
                clock.shutdownNow();
            }

            @Override
            public void failed(String line) {
                throw new IllegalStateException(line);
            }

            @Override
            public boolean joined() {
                return true;
            }

            @Override
            public Map<String, String> figures() {
                synchronized (lock) {
                    return new TreeMap<>(simulation.cluster(0).stats());
                }
            }

            @Override
            public AgentSettings settings() {
                try {
                    return new ConfigSource(List.of(), Map.of()).read();
                } catch (ConfigException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public String token() {
                return "";
            }
        };
    }
}
