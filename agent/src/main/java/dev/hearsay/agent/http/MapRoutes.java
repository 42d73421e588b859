package dev.hearsay.agent.http;

import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.PUT;

import dev.hearsay.agent.http.StateCall.Value;
import dev.hearsay.agent.http.StateCall.WrittenBody;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.Codec;
import dev.hearsay.api.State;
import dev.hearsay.api.StateType;
import dev.hearsay.core.Bytes;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The maps that all members share. */
final class MapRoutes {
    private final Cluster cluster;

    MapRoutes(Cluster cluster) {
        this.cluster = cluster;
    }

    /** A part of a map. */
    record MapBody(
            @Doc("The map") String map,
            @Doc("How many keys it has in all") int size,

            @Doc("Keys with their values, by the bytes of the keys")
            List<EntryBody> entries,

            @Doc(value = "The parameter 'cursor' of the next part; absent if there is none", optional = true) @Nullable String next) {}

    List<Route> routes() {
        return List.of(
                Route.of(GET, "/v1/state/maps/{map}", "The keys of a map with their values", this::all)
                        .parameter("prefix", "only keys that begin so")
                        .parameter("limit", "most keys, 1 to 1000; 100 by default")
                        .parameter("cursor", "'next' of the answer before")
                        .answers(200, MapBody.class),
                Route.of(GET, "/v1/state/maps/{map}/{key}", "The value of a key of a map", this::get)
                        .answers(200, EntryBody.class)
                        .answersRaw(),
                Route.of(PUT, "/v1/state/maps/{map}/{key}", "Gives a key of a map a value", this::put)
                        .takesValue(StateCall.ValueBody.class)
                        .answers(200, WrittenBody.class),
                Route.of(DELETE, "/v1/state/maps/{map}/{key}", "Takes a key out of a map", this::delete)
                        .answers(200, WrittenBody.class));
    }

    private void all(Call call) throws Problem, IOException {
        StateCall asked = new StateCall(cluster, call);
        State state = asked.state();
        String map = asked.name("map");
        StatePage page = StatePage.read(state.snapshot(), StateType.MAP, map, call);
        List<EntryBody> entries = page.items().stream()
                .map(item -> EntryBody.of(item.key(), item.value()))
                .toList();
        call.reply(200, new MapBody(map, state.map(map, Codec.BYTES).size(), entries, page.next()));
    }

    private void get(Call call) throws Problem, IOException {
        StateCall asked = new StateCall(cluster, call);
        byte[] value = asked.state()
                .snapshot()
                .mapValue(asked.name("map"), asked.key("key"))
                .orElseThrow(MapRoutes::absent);
        asked.reply(value, EntryBody.of(Bytes.of(asked.keyBytes("key")), Bytes.of(value)));
    }

    private void put(Call call) throws Problem, IOException {
        StateCall asked = new StateCall(cluster, call);
        State state = asked.state();
        String map = asked.name("map");
        String key = asked.key("key");
        Value value = asked.value();
        asked.await(state.map(map, Codec.BYTES).put(key, value.content().toArray(), value.timeToLive()));
        call.reply(200, new WrittenBody(true));
    }

    private void delete(Call call) throws Problem, IOException {
        StateCall asked = new StateCall(cluster, call);
        State state = asked.state();
        String map = asked.name("map");
        if (!asked.await(state.map(map, Codec.BYTES).remove(asked.key("key")))) {
            throw absent();
        }
        call.reply(200, new WrittenBody(true));
    }

    private static Problem absent() {
        return new Problem(404, "not_found", "the map has no such key", null);
    }
}
