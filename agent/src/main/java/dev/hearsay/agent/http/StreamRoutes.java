package dev.hearsay.agent.http;

import static io.javalin.http.HandlerType.GET;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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
                .repeated("kind", FeedKind.all() + "; any of those given, all by default")
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
        Set<FeedKind> told = wanted.isEmpty() ? EnumSet.allOf(FeedKind.class) : wanted;
        List<String> names = told.stream().map(FeedKind::text).toList();
        Feed feed = context.feed();
        new EventStream(feed, names::contains, context)
                .run(call.response(), feed.newest(), call.header("Last-Event-ID"));
    }
}
