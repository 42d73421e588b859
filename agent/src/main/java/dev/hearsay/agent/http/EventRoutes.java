package dev.hearsay.agent.http;

import static io.javalin.http.HandlerType.POST;

import dev.hearsay.api.Cluster;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** User events. */
final class EventRoutes {
    private final Cluster cluster;

    EventRoutes(Cluster cluster) {
        this.cluster = cluster;
    }

    /** A user event to be. */
    record EventBody(
            @Doc("What happened, as 'deploy'") String name,

            @Doc(value = "What there is to know about it, as text", optional = true) @Nullable String payload,

            @Doc(value = "The same in Base64, for what is no text", optional = true) @Nullable String payloadBase64,

            @Doc(value = "Whether of several in quick succession only the last matters", optional = true)
            boolean coalesce) {}

    /** An event that this agent has taken and spreads. */
    record EventTakenBody(
            @Doc("As it was given") String name,
            @Doc("How many bytes the payload has") int payloadBytes) {}

    List<Route> routes() {
        return List.of(Route.of(POST, "/v1/events", "Tells all members that something happened", this::fire)
                .takes(EventBody.class)
                .answers(202, EventTakenBody.class));
    }

    private void fire(Call call) throws IOException, Problem {
        EventBody wanted = call.body(EventBody.class);
        byte[] payload = Payload.read(wanted.payload(), wanted.payloadBase64());
        call.await(cluster.event(wanted.name(), payload, wanted.coalesce()));
        call.reply(202, new EventTakenBody(wanted.name(), payload.length));
    }
}
