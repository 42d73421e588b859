package dev.hearsay.agent.http;

import static io.javalin.http.HandlerType.GET;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.core.coordinate.Coordinate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where members are in the network. */
final class CoordinateRoutes {
    private final Cluster cluster;

    CoordinateRoutes(Cluster cluster) {
        this.cluster = cluster;
    }

    /** A member's coordinate; see {@link Coordinate}. */
    record CoordinateBody(
            @Doc("The member") String name,
            @Doc("The point, in seconds") List<Double> vector,

            @Doc("Above it: the way to the network's core, in seconds")
            double height,

            @Doc("Added to distances, in seconds; may be negative")
            double adjustment,

            @Doc("The member's estimate of its relative error, 0 to 1.5")
            double error,

            @Doc(value = "Estimated round trip between this agent and another member, in seconds", optional = true)
            @Nullable Double rttSeconds) {
        static CoordinateBody of(String name, Coordinate at, @Nullable Coordinate here) {
            return new CoordinateBody(
                    name,
                    Arrays.stream(at.vector()).boxed().toList(),
                    at.height(),
                    at.adjustment(),
                    at.error(),
                    here == null || !here.compatible(at) ? null : here.distanceNanos(at) / 1e9);
        }
    }

    /** Coordinates. */
    record CoordinateList(
            @Doc("Of the live members of which this agent has one, by name")
            List<CoordinateBody> coordinates) {}

    /** An estimate. */
    record RttBody(
            @Doc("One member") String from,
            @Doc("The other") String to,
            @Doc("Estimated round trip, in seconds") double rttSeconds) {}

    List<Route> routes() {
        return List.of(
                Route.of(GET, "/v1/coordinates", "Where the live members are in the network", this::coordinates)
                        .answers(200, CoordinateList.class),
                Route.of(GET, "/v1/rtt", "Estimates the round trip between two members", this::rtt)
                        .required("from", "name of a member")
                        .parameter("to", "name of a member; this one by default")
                        .answers(200, RttBody.class));
    }

    private void coordinates(Call call) throws IOException, Problem {
        Map<String, Coordinate> all = call.await(cluster.coordinates());
        String self = cluster.self().name();
        Coordinate here = all.get(self);
        List<CoordinateBody> known = new ArrayList<>();
        for (ClusterMember member : cluster.members()) {
            Coordinate at = member.status().live() ? all.get(member.name()) : null;
            if (at != null) {
                known.add(CoordinateBody.of(member.name(), at, member.name().equals(self) ? null : here));
            }
        }
        call.reply(200, new CoordinateList(known));
    }

    private void rtt(Call call) throws IOException, Problem {
        String from = Objects.requireNonNull(call.parameter("from"));
        String to =
                Objects.requireNonNullElse(call.parameter("to"), cluster.self().name());
        MemberRoutes.find(cluster, from, "from");
        MemberRoutes.find(cluster, to, "to");
        Duration estimate = call.await(cluster.roundTrip(from, to))
                .orElseThrow(() -> new Problem(
                        404,
                        "no_coordinate",
                        "no coordinate is known yet of one of '" + from + "' and '" + to + "'",
                        null));
        call.reply(200, new RttBody(from, to, estimate.toNanos() / 1e9));
    }
}
