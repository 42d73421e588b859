package dev.hearsay.agent.http;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.MemberEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How many members there are by status, and how many events about members this agent heard by kind. */
final class MemberMeters implements MeterBinder {
    private final Cluster cluster;

    MemberMeters(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (ClusterMember.Status status : ClusterMember.Status.values()) {
            Gauge.builder("hearsay.members", cluster, from -> count(from, status))
                    .description("Members by status, as this agent believes")
                    .tag("status", status.text())
                    .register(registry);
        }
        Map<MemberEvent.Kind, Counter> events = new EnumMap<>(MemberEvent.Kind.class);
        for (MemberEvent.Kind kind : MemberEvent.Kind.values()) {
            events.put(
                    kind,
                    Counter.builder("hearsay.member.events")
                            .description("Events about members that this agent heard")
                            .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        // Lasts as long as the node.
        cluster.listen(event -> {
            Counter counter = events.get(event.kind());
            if (counter != null) {
                counter.increment();
            }
        });
    }

    private static double count(Cluster cluster, ClusterMember.Status status) {
        return cluster.members().stream().filter(m -> m.status() == status).count();
    }
}
