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
import dev.hearsay.api.StateView;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.StateConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What all members share: what there is, what each tells of itself, and what could not be right. */
final class StateRoutes {
    private final Cluster cluster;

    StateRoutes(Cluster cluster) {
        this.cluster = cluster;
    }

    /** All of it, in numbers. */
    record StateBody(
            @Doc("fact, map, set, counter and register") List<TypeBody> types,

            @Doc("The figures of shared state, by name; see docs/state.md")
            Map<String, String> stats,

            @Doc("What there may be") StateLimits limits) {}

    /** The collections of a type. */
    record TypeBody(
            @Doc("fact, map, set, counter or register") String type,

            @Doc("How many collections there are; of facts, members")
            int total,

            @Doc("The first of them, by name") List<CollectionBody> collections) {}

    /** A collection. */
    record CollectionBody(
            @Doc("Its name; of facts, the member's") String name,

            @Doc("How many facts, keys, elements or values it has; a counter has one")
            int size) {}

    /** Limits; those that can be set are the agent's own. */
    record StateLimits(
            @Doc("Longest name of a collection, in bytes") int nameBytes,
            @Doc("Longest key or element, in bytes") int keyBytes,
            @Doc("Longest value, in bytes") int valueBytes,

            @Doc("Most entries, deleted ones that are remembered included")
            int entries,

            @Doc("Most memory for entries, in bytes") long bytes,

            @Doc("Most of this agent's own writes that may wait to be sent, in bytes")
            long backlogBytes) {}

    /** Who tells something of itself. */
    record FactMembers(
            @Doc("Members, by name") List<CollectionBody> members,

            @Doc(value = "The parameter 'cursor' of the next part; absent if there is none", optional = true) @Nullable String next) {}

    /** What a member tells of itself. */
    record FactsBody(
            @Doc("The member") String member,
            @Doc("Facts, by the bytes of their keys") List<EntryBody> facts,

            @Doc(value = "The parameter 'cursor' of the next part; absent if there is none", optional = true) @Nullable String next) {}

    /** What could not be right. */
    record QuarantineBody(
            @Doc("The last of them, the oldest first") List<QuarantinedBody> entries) {}

    /** An entry that could not be right; whatever it says of itself may be wrong. */
    record QuarantinedBody(
            @Doc("fact, map, set, counter, register, or the number of another type")
            String type,

            @Doc("Where it belongs") String collection,

            @Doc(value = "The key, if it is UTF-8", optional = true) @Nullable String key,

            @Doc("The key in Base64") String keyBase64,

            @Doc("When it was written, as it says, RFC 3339")
            String written,

            @Doc("What is wrong with it") String reason) {}

    List<Route> routes() {
        return List.of(
                Route.of(GET, "/v1/state", "What is shared: collections, figures, limits", this::state)
                        .parameter("limit", "most collections of each type, 1 to 1000; 100 by default")
                        .answers(200, StateBody.class),
                Route.of(GET, "/v1/state/quarantine", "The last entries that could not be right", this::quarantine)
                        .answers(200, QuarantineBody.class),
                Route.of(GET, "/v1/state/facts", "Who tells something of itself", this::members)
                        .parameter("limit", "most members, 1 to 1000; 100 by default")
                        .parameter("cursor", "'next' of the answer before")
                        .answers(200, FactMembers.class),
                Route.of(GET, "/v1/state/facts/{name}", "What the member of that name tells of itself", this::facts)
                        .parameter("prefix", "only keys that begin so")
                        .parameter("limit", "most facts, 1 to 1000; 100 by default")
                        .parameter("cursor", "'next' of the answer before")
                        .answers(200, FactsBody.class),
                Route.of(PUT, "/v1/state/facts/{name}", "Tells something of this agent under that key", this::put)
                        .takesValue(StateCall.ValueBody.class)
                        .answers(200, WrittenBody.class),
                Route.of(
                                DELETE,
                                "/v1/state/facts/{name}",
                                "Takes back what this agent told under that key",
                                this::delete)
                        .answers(200, WrittenBody.class));
    }

    private void state(Call call) throws Problem, IOException {
        State state = new StateCall(cluster, call).state();
        int limit = call.number("limit", StateCall.KEYS, 1, StateCall.MOST_KEYS);
        StateView view = state.snapshot();
        List<TypeBody> types = new ArrayList<>();
        for (StateType type : StateType.values()) {
            SortedSet<String> names = view.names(type);
            types.add(new TypeBody(
                    type.text(),
                    names.size(),
                    names.stream()
                            .limit(limit)
                            .map(name -> new CollectionBody(name, size(state, view, type, name)))
                            .toList()));
        }
        StateConfig config = state.config();
        call.reply(
                200,
                new StateBody(
                        types,
                        new TreeMap<>(state.stats()),
                        new StateLimits(
                                EntryId.MAX_COLLECTION_BYTES,
                                EntryId.MAX_KEY_BYTES,
                                config.maxValueBytes(),
                                config.maxEntries(),
                                config.maxBytes(),
                                config.maxBacklogBytes())));
    }

    private static int size(State state, StateView view, StateType type, String name) {
        return switch (type) {
            case FACT -> view.facts(name).size();
            case MAP -> state.map(name, Codec.BYTES).size();
            case SET -> state.set(name, Codec.BYTES).size();
            case COUNTER -> 1;
            case REGISTER -> view.register(name).size();
        };
    }

    private void quarantine(Call call) throws Problem, IOException {
        StateCall asked = new StateCall(cluster, call);
        List<QuarantinedBody> entries = asked.await(asked.state().quarantine()).stream()
                .map(each -> new QuarantinedBody(
                        each.type(),
                        each.collection(),
                        Payload.text(each.key()),
                        Payload.base64(each.key()),
                        each.written().toString(),
                        each.reason()))
                .toList();
        call.reply(200, new QuarantineBody(entries));
    }

    private void members(Call call) throws Problem, IOException {
        StateView view = new StateCall(cluster, call).state().snapshot();
        int limit = call.number("limit", StateCall.KEYS, 1, StateCall.MOST_KEYS);
        String cursor = call.parameter("cursor");
        SortedSet<String> names = view.names(StateType.FACT);
        // Behind a name there is nothing before the same name with a zero.
        Iterator<String> rest = (cursor == null ? names : names.tailSet(cursor + '\0')).iterator();
        List<CollectionBody> members = new ArrayList<>();
        String last = null;
        while (rest.hasNext() && members.size() < limit) {
            last = rest.next();
            members.add(new CollectionBody(last, view.facts(last).size()));
        }
        call.reply(200, new FactMembers(members, rest.hasNext() ? last : null));
    }

    private void facts(Call call) throws Problem, IOException {
        StateCall asked = new StateCall(cluster, call);
        StateView view = asked.state().snapshot();
        String member = asked.name("name");
        if (view.page(StateType.FACT, member, Bytes.EMPTY, null, 1).isEmpty()
                && cluster.member(member).isEmpty()) {
            throw new Problem(404, "not_found", "there is no member '" + member + "', and no fact of it", null);
        }
        StatePage page = StatePage.read(view, StateType.FACT, member, call);
        List<EntryBody> facts = page.items().stream()
                .map(item -> EntryBody.of(item.key(), item.value()))
                .toList();
        call.reply(200, new FactsBody(member, facts, page.next()));
    }

    private void put(Call call) throws Problem, IOException {
        StateCall asked = new StateCall(cluster, call);
        State state = asked.state();
        String key = asked.key("name");
        Value value = asked.value();
        if (!value.timeToLive().isZero()) {
            throw Problem.invalid("ttl", "a fact has none: it holds as long as this process is a member");
        }
        asked.await(state.fact(key, value.content().toArray()));
        call.reply(200, new WrittenBody(true));
    }

    private void delete(Call call) throws Problem, IOException {
        StateCall asked = new StateCall(cluster, call);
        State state = asked.state();
        String key = asked.key("name");
        if (!state.snapshot().facts(cluster.self().name()).containsKey(key)) {
            throw new Problem(404, "not_found", "this agent tells nothing under that key", null);
        }
        asked.await(state.removeFact(key));
        call.reply(200, new WrittenBody(true));
    }
}
