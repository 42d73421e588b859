package dev.hearsay.bench.events;

import dev.hearsay.api.Cluster;
import dev.hearsay.bench.Loopback;
import java.util.Map;

/** Our nodes, all in this JVM, each with a listener. */
final class OneJvm implements Members {
    private static final int GIVE_UP_SECONDS = 300;

    private final int size;
    private final Arrivals arrivals;
    private final Loopback nodes;

    OneJvm(int size, Arrivals arrivals) {
        this.size = size;
        this.arrivals = arrivals;
        this.nodes = new Loopback(size);
    }

    @Override
    public String kind() {
        return "hearsay, one JVM";
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void start() throws InterruptedException {
        if (Double.isNaN(nodes.converge(GIVE_UP_SECONDS))) {
            throw new IllegalStateException("the nodes do not find each other");
        }
        for (Cluster node : nodes.nodes()) {
            node.onUserEvent(event -> {
                if (event.name().equals(EVENT)) {
                    arrivals.heard(event.payload().toArray());
                }
            });
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // An event that was not taken does not arrive.
    public void fire(int member, long number) {
        nodes.nodes().get(member).event(EVENT, Arrivals.payload(number));
    }

    @Override
    public Map<String, Long> sums() {
        return nodes.sums();
    }

    @Override
    public void close() {
        nodes.close();
    }
}
