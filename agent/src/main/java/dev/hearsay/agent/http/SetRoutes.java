package dev.hearsay.agent.http;

import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;
import static io.javalin.http.HandlerType.PUT;

import dev.hearsay.agent.http.StateCall.WrittenBody;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.Codec;
import dev.hearsay.api.State;
import dev.hearsay.api.StateType;
import dev.hearsay.core.Bytes;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sets that all members share. */
final class SetRoutes {
    private final Cluster cluster;

    SetRoutes(Cluster cluster) {
        this.cluster = cluster;
    }

    /** A part of a set. */
    record SetBody(
            @Doc("The set") String set,
            @Doc("How many elements it has in all") int size,
            @Doc("Elements, by their bytes") List<ElementBody> elements,

            @Doc(value = "The parameter 'cursor' of the next part; absent if there is none", optional = true) @Nullable String next) {}

    /** An element. */
    record ElementBody(
            @Doc(value = "The element, if it is UTF-8", optional = true) @Nullable String element,

            @Doc("The element in Base64") String elementBase64) {
        static ElementBody of(Bytes element) {
            return new ElementBody(Payload.text(element), Payload.base64(element));
        }
    }

    /** An element to add. */
    record AddElement(
            @Doc(value = "The element as text", optional = true) @Nullable String element,

            @Doc(value = "The element in Base64, instead", optional = true) @Nullable String elementBase64,

            @Doc(value = "For how long, as 10m or 1h30m; for good by default", optional = true) @Nullable String ttl) {}

    /** An element to remove. */
    record RemoveElement(
            @Doc(value = "The element as text", optional = true) @Nullable String element,

            @Doc(value = "The element in Base64, instead", optional = true) @Nullable String elementBase64) {}

    List<Route> routes() {
        return List.of(
                Route.of(GET, "/v1/state/sets/{set}", "The elements of a set", this::all)
                        .parameter("prefix", "only elements that begin so")
                        .parameter("limit", "most elements, 1 to 1000; 100 by default")
                        .parameter("cursor", "'next' of the answer before")
                        .answers(200, SetBody.class),
                Route.of(POST, "/v1/state/sets/{set}/add", "Adds an element of any bytes to a set", this::addAny)
                        .takes(AddElement.class)
                        .answers(200, WrittenBody.class),
                Route.of(
                                POST,
                                "/v1/state/sets/{set}/remove",
                                "Takes an element of any bytes out of a set",
                                this::removeAny)
                        .takes(RemoveElement.class)
                        .answers(200, WrittenBody.class),
                Route.of(
                                GET,
                                "/v1/state/sets/{set}/{element}",
                                "Whether an element is in a set; if not, 404",
                                this::get)
                        .answers(200, ElementBody.class),
                Route.of(PUT, "/v1/state/sets/{set}/{element}", "Adds an element to a set", this::put)
                        .parameter("ttl", "for how long, as 10m or 1h30m; for good by default")
                        .answers(200, WrittenBody.class),
                Route.of(DELETE, "/v1/state/sets/{set}/{element}", "Takes an element out of a set", this::delete)
                        .answers(200, WrittenBody.class));
    }

    private void all(Call call) throws Problem, IOException {
        StateCall asked = new StateCall(cluster, call);
        State state = asked.state();
        String set = asked.name("set");
        StatePage page = StatePage.read(state.snapshot(), StateType.SET, set, call);
        List<ElementBody> elements =
                page.items().stream().map(item -> ElementBody.of(item.key())).toList();
        call.reply(200, new SetBody(set, state.set(set, Codec.BYTES).size(), elements, page.next()));
    }

    private void get(Call call) throws Problem, IOException {
        StateCall asked = new StateCall(cluster, call);
        byte[] element = asked.keyBytes("element");
        if (!asked.state().snapshot().contains(asked.name("set"), element)) {
            throw absent();
        }
        call.reply(200, ElementBody.of(Bytes.of(element)));
    }

    private void put(Call call) throws Problem, IOException {
        StateCall asked = new StateCall(cluster, call);
        add(call, asked, asked.keyBytes("element"), call.parameter("ttl"));
    }

    private void addAny(Call call) throws Problem, IOException {
        AddElement body = call.body(AddElement.class);
        byte[] element = StateCall.either("element", body.element(), body.elementBase64());
        add(call, new StateCall(cluster, call), StateCall.shortEnough("element", element), body.ttl());
    }

    private void add(Call call, StateCall asked, byte[] element, @Nullable String ttl) throws Problem, IOException {
        State state = asked.state();
        String set = asked.name("set");
        asked.await(state.set(set, Codec.BYTES).add(element, StateCall.timeToLive(ttl)));
        call.reply(200, new WrittenBody(true));
    }

    private void delete(Call call) throws Problem, IOException {
        StateCall asked = new StateCall(cluster, call);
        remove(call, asked, asked.keyBytes("element"));
    }

    private void removeAny(Call call) throws Problem, IOException {
        RemoveElement body = call.body(RemoveElement.class);
        byte[] element = StateCall.either("element", body.element(), body.elementBase64());
        remove(call, new StateCall(cluster, call), StateCall.shortEnough("element", element));
    }

    private void remove(Call call, StateCall asked, byte[] element) throws Problem, IOException {
        State state = asked.state();
        String set = asked.name("set");
        if (!asked.await(state.set(set, Codec.BYTES).remove(element))) {
            throw absent();
        }
        call.reply(200, new WrittenBody(true));
    }

    private static Problem absent() {
        return new Problem(404, "not_found", "the set has no such element", null);
    }
}
