package dev.hearsay.agent.http;

import static io.javalin.http.HandlerType.GET;

import dev.hearsay.api.StateType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What happens in the cluster, as it happens. */
final class StreamRoutes {
    private final HttpContext context;

    StreamRoutes(HttpContext context) {
        this.context = context;
    }

    List<Route> routes() {
        return List.of(Route.of(
                        GET,
                        "/v1/stream",
                        "What happens in the cluster, as server-sent events; with Last-Event-ID, what has happened since",
                        this::stream)
                .repeated(
                        "kind",
                        FeedKind.all() + "; any of those given, the first three by default; state and figures go alone")
                .repeated("type", "of kind state: only fact, map, set, counter or register; any of those given")
                .repeated("collection", "of kind state: only those of that name; of facts, of that member")
                .answers(Route.EVENT_STREAM));
    }

    private void stream(Call call) throws Problem, InterruptedException {
        Set<FeedKind> wanted = EnumSet.noneOf(FeedKind.class);
        for (String name : call.parameters("kind")) {
            FeedKind kind = FeedKind.find(name);
            if (kind == null) {
                throw Problem.invalid("kind", "must be one of " + FeedKind.all() + ", not '" + name + "'");
            }
            wanted.add(kind);
        }
        for (FeedKind kind : FeedKind.ALONE) {
            if (wanted.contains(kind) && wanted.size() > 1) {
                throw Problem.invalid(
                        "kind", kind.text() + " goes alone: it is a sequence of its own, with ids of its own");
            }
        }
        if (wanted.contains(FeedKind.STATE)) {
            streamState(call);
            return;
        }
        for (String filter : List.of("type", "collection")) {
            if (!call.parameters(filter).isEmpty()) {
                throw Problem.invalid(filter, "goes with kind=state only");
            }
        }
        if (wanted.contains(FeedKind.FIGURES)) {
            run(call, context.sampler().feed(), entry -> true);
            return;
        }
        Set<FeedKind> told = wanted.isEmpty() ? EnumSet.complementOf(EnumSet.copyOf(FeedKind.ALONE)) : wanted;
        List<String> names = told.stream().map(FeedKind::text).toList();
        run(call, context.feed(), entry -> names.contains(entry.kind()));
    }

    private void streamState(Call call) throws Problem, InterruptedException {
        List<String> known =
                Arrays.stream(StateType.values()).map(StateType::text).toList();
        List<String> types = call.parameters("type");
        for (String type : types) {
            if (!known.contains(type)) {
                throw Problem.invalid("type", "must be one of " + String.join(", ", known) + ", not '" + type + "'");
            }
        }
        List<String> collections = call.parameters("collection");
        Feed feed = context.stateFeed().open(new StateCall(context.cluster(), call).state());
        run(call, feed, entry -> {
            String[] about = entry.about().split("/", 2);
            return !entry.kind().equals(FeedKind.STATE.text())
                    || ((types.isEmpty() || types.contains(about[0]))
                            && (collections.isEmpty() || collections.contains(about[1])));
        });
    }

    private void run(Call call, Feed feed, Predicate<Feed.Entry> wanted) throws Problem, InterruptedException {
        new EventStream(feed, wanted, context).run(call.response(), feed.newest(), call.header("Last-Event-ID"));
    }
}
