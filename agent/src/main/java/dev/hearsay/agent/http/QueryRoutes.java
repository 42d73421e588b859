package dev.hearsay.agent.http;

import static io.javalin.http.HandlerType.POST;

import dev.hearsay.agent.GoDuration;
import dev.hearsay.api.QueryListener;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.api.QueryResult;
import dev.hearsay.core.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Queries: all answers when it has ended, or each as it comes. */
final class QueryRoutes {
    /** Longest query; a request waits for it. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    private final HttpContext context;

    QueryRoutes(HttpContext context) {
        this.context = context;
    }

    /** A query to be; see {@link QueryRequest}. */
    record QueryBody(
            @Doc("What is asked, as 'load'") String name,

            @Doc(value = "What there is to know about it, as text", optional = true) @Nullable String payload,

            @Doc(value = "The same in Base64, for what is no text", optional = true) @Nullable String payloadBase64,

            @Doc(value = "Who shall answer, by name; everybody by default", optional = true) @Nullable List<String> nodes,

            @Doc(value = "Who shall answer, by expressions (RE2) found in their tags", optional = true) @Nullable Map<String, String> tags,

            @Doc(value = "Whether whoever hears it says so at once", optional = true)
            boolean ack,

            @Doc(value = "How long to wait, as '5s', at most '60s'; by default Serf's formula", optional = true)
            @Nullable String timeout,

            @Doc(value = "Over how many other members each answer comes, too: 0 to 255", optional = true)
            int relayFactor) {}

    /** An answer. In a stream, the data of {@code answer}. */
    record AnswerBody(
            @Doc("Who answers") String from,

            @Doc(value = "The answer, if it is UTF-8", optional = true) @Nullable String payload,

            @Doc("The answer in Base64") String payloadBase64) {
        static AnswerBody of(String from, Bytes payload) {
            return new AnswerBody(from, Payload.text(payload), Payload.base64(payload));
        }
    }

    /** In a stream, the data of {@code ack}. */
    record AckBody(@Doc("Who has heard it") String from) {}

    /** What came of a query. In a stream, the data of {@code done}, which comes last. */
    record QueryResultBody(
            @Doc("Who heard it, if acks were asked for") List<String> acks,
            @Doc("Who answered what") List<AnswerBody> answers,

            @Doc("Live members that were to answer and did not")
            List<String> silent,

            @Doc("Whether everybody answered who was to") boolean complete,
            @Doc("From the question to the end, in seconds") double tookSeconds) {
        static QueryResultBody of(QueryResult result) {
            return new QueryResultBody(
                    List.copyOf(result.acks()),
                    result.answers().entrySet().stream()
                            .map(each -> AnswerBody.of(each.getKey(), each.getValue()))
                            .toList(),
                    List.copyOf(result.silent()),
                    result.complete(),
                    result.took().toNanos() / 1e9);
        }
    }

    List<Route> routes() {
        return List.of(Route.of(
                        POST,
                        "/v1/queries",
                        "Asks the members something; with Accept: text/event-stream, answers come as they arrive, as the events "
                                + "ack, answer, and at the end done or error",
                        this::ask)
                .takes(QueryBody.class)
                .answers(200, QueryResultBody.class)
                .answers(Route.EVENT_STREAM));
    }

    private void ask(Call call) throws IOException, Problem, InterruptedException {
        QueryRequest request = request(call.body(QueryBody.class));
        if (!call.wantsStream()) {
            call.reply(200, QueryResultBody.of(call.await(context.cluster().query(request))));
            return;
        }
        Feed feed = new Feed("answer");
        CompletableFuture<QueryResult> outcome = context.cluster().query(request, new QueryListener() {
            @Override
            public void onAck(String from) {
                feed.publish("ack", new AckBody(from));
            }

            @Override
            public void onAnswer(String from, Bytes payload) {
                feed.publish("answer", AnswerBody.of(from, payload));
            }
        });
        if (outcome.isCompletedExceptionally()) {
            call.await(outcome);
        }
        var unused = outcome.handle((result, failure) -> {
            if (failure == null) {
                feed.publish("done", QueryResultBody.of(result));
            } else {
                feed.publish("error", Call.refusal(failure).body());
            }
            feed.end();
            return feed;
        });
        try {
            new EventStream(feed, any -> true, context).run(call.response(), 0, null);
        } finally {
            // The client is gone, or could not be served: nobody waits for the rest.
            outcome.cancel(false);
        }
    }

    private static QueryRequest request(QueryBody wanted) throws Problem {
        byte[] payload = Payload.read(wanted.payload(), wanted.payloadBase64());
        List<String> nodes = wanted.nodes();
        Map<String, String> tags = wanted.tags();
        try {
            return new QueryRequest(
                    wanted.name(),
                    Bytes.of(payload),
                    nodes == null ? List.of() : nodes,
                    tags == null ? new TreeMap<>() : new TreeMap<>(tags),
                    wanted.ack(),
                    timeout(wanted.timeout()),
                    wanted.relayFactor());
        } catch (IllegalArgumentException e) {
            throw new Problem(400, "refused", String.valueOf(e.getMessage()), null);
        }
    }

    private static Duration timeout(@Nullable String text) throws Problem {
        Duration timeout;
        try {
            timeout = text == null ? Duration.ZERO : GoDuration.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("timeout", String.valueOf(e.getMessage()));
        }
        if (timeout.compareTo(LONGEST) > 0) {
            throw Problem.invalid("timeout", "must be at most " + GoDuration.text(LONGEST));
        }
        return timeout;
    }
}
