package dev.hearsay.agent.http;

import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;
import static io.javalin.http.HandlerType.PUT;

import dev.hearsay.agent.http.StateCall.Value;
import dev.hearsay.agent.http.StateCall.WrittenBody;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.Codec;
import dev.hearsay.api.State;
import dev.hearsay.core.Bytes;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The counters and registers that all members share. */
final class CounterRoutes {
    private final Cluster cluster;

    CounterRoutes(Cluster cluster) {
        this.cluster = cluster;
    }

    /** A counter. */
    record CounterBody(
            @Doc("The counter") String counter,

            @Doc("What all have counted, as far as this agent knows; 0 if nobody has")
            long value) {}

    /** What to count. */
    record CountBody(
            @Doc("What to add; a negative number takes off") Long amount,

            @Doc(
                    value =
                            "All that this agent has counted is forgotten if it does not count again for so long, as 10m or 1h30m",
                    optional = true)
            @Nullable String ttl) {}

    /** A register. */
    record RegisterBody(
            @Doc("The register") String register,

            @Doc("Its values: none if it is empty, several if they were set without knowledge of each other")
            List<RegisterValue> values) {}

    /** A value of a register. */
    record RegisterValue(
            @Doc(value = "The value, if it is UTF-8", optional = true) @Nullable String value,

            @Doc("The value in Base64") String valueBase64) {}

    List<Route> routes() {
        return List.of(
                Route.of(GET, "/v1/state/counters/{name}", "What all have counted", this::count)
                        .answers(200, CounterBody.class),
                Route.of(POST, "/v1/state/counters/{name}/add", "Adds to a counter, or takes off it", this::add)
                        .takes(CountBody.class)
                        .answers(200, CounterBody.class),
                Route.of(GET, "/v1/state/registers/{name}", "The values of a register", this::get)
                        .answers(200, RegisterBody.class)
                        .answersRaw(),
                Route.of(PUT, "/v1/state/registers/{name}", "Sets a register in place of what is known here", this::put)
                        .takesValue(StateCall.ValueBody.class)
                        .answers(200, WrittenBody.class),
                Route.of(DELETE, "/v1/state/registers/{name}", "Empties a register of what is known here", this::delete)
                        .answers(200, WrittenBody.class));
    }

    private void count(Call call) throws Problem, IOException {
        StateCall asked = new StateCall(cluster, call);
        State state = asked.state();
        String name = asked.name("name");
        call.reply(200, new CounterBody(name, state.counter(name).value()));
    }

    private void add(Call call) throws Problem, IOException {
        StateCall asked = new StateCall(cluster, call);
        State state = asked.state();
        String name = asked.name("name");
        CountBody body = call.body(CountBody.class);
        long value = asked.await(state.counter(name).add(body.amount(), StateCall.timeToLive(body.ttl())));
        call.reply(200, new CounterBody(name, value));
    }

    private void get(Call call) throws Problem, IOException {
        StateCall asked = new StateCall(cluster, call);
        State state = asked.state();
        String name = asked.name("name");
        List<byte[]> values = state.snapshot().register(name);
        if (values.isEmpty()) {
            throw empty();
        }
        if (values.size() > 1 && asked.wantsRaw()) {
            throw new Problem(
                    409,
                    "several_values",
                    "the register has " + values.size()
                            + " values, set without knowledge of each other: read it as application/json, and set it",
                    null);
        }
        List<RegisterValue> shown = values.stream()
                .map(Bytes::of)
                .map(value -> new RegisterValue(Payload.text(value), Payload.base64(value)))
                .toList();
        asked.reply(values.get(0), new RegisterBody(name, shown));
    }

    private void put(Call call) throws Problem, IOException {
        StateCall asked = new StateCall(cluster, call);
        State state = asked.state();
        String name = asked.name("name");
        Value value = asked.value();
        asked.await(state.register(name, Codec.BYTES).set(value.content().toArray(), value.timeToLive()));
        call.reply(200, new WrittenBody(true));
    }

    private void delete(Call call) throws Problem, IOException {
        StateCall asked = new StateCall(cluster, call);
        State state = asked.state();
        String name = asked.name("name");
        if (state.snapshot().register(name).isEmpty()) {
            throw empty();
        }
        asked.await(state.register(name, Codec.BYTES).clear());
        call.reply(200, new WrittenBody(true));
    }

    private static Problem empty() {
        return new Problem(404, "not_found", "the register is empty", null);
    }
}
