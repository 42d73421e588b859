package dev.hearsay.agent.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link Feed} to one client as server-sent events (HTML standard, section 9.2), until the feed or the client ends.
 * Blocks the thread while the client does not read; what it misses meanwhile becomes a {@code gap}.
 */
final class EventStream {
    /** The event that says that others were lost. */
    static final String GAP = "gap";
    /** After how many milliseconds a client should come back. */
    static final int RETRY_MILLIS = 2000;

    private final Feed feed;
    private final Predicate<Feed.Entry> wanted;
    private final HttpContext context;

    /**
     * What {@code gap} says.
     *
     * @param lost how many events; absent if the id is of another run of the agent
     * @param reason what to tell a person
     */
    record Gap(
            @Doc(value = "How many events; absent if the id is not of this run of the agent", optional = true) @Nullable Long lost,

            @Doc(
                    "slow: this client did not read; resumed: it was away too long; busy: the agent itself had too much to tell; unknown: the id is not of this run")
            String reason) {}

    /**
     * A stream that has not begun.
     *
     * @param wanted which events; a gap is always told
     */
    EventStream(Feed feed, Predicate<Feed.Entry> wanted, HttpContext context) {
        this.feed = feed;
        this.wanted = wanted;
        this.context = context;
    }

    /**
     * Takes a permit, writes until the end, and gives it back.
     *
     * @param place where to begin
     * @param resumed the id that the client came back with; null if it begins
     * @throws Problem 503 if there are too many streams
     */
    void run(HttpServletResponse response, long place, @Nullable String resumed) throws Problem, InterruptedException {
        if (!context.streams().tryAcquire()) {
            throw new Problem(
                    503,
                    "too_many_streams",
                    context.limits().streams() + " streams are open, which is the most; come back later",
                    null);
        }
        try {
            write(response, place, resumed);
        } catch (IOException e) {
            context.meters().http().streamBroken();
        } finally {
            context.streams().release();
        }
    }

    private void write(HttpServletResponse response, long start, @Nullable String resumed)
            throws IOException, InterruptedException {
        response.setStatus(200);
        response.setContentType(Route.EVENT_STREAM);
        response.setCharacterEncoding("utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        OutputStream out = response.getOutputStream();
        say(out, "retry: " + RETRY_MILLIS + "\n\n");
        long place = start;
        String reason = "slow";
        if (resumed != null) {
            place = feed.place(resumed);
            reason = "resumed";
            if (place < 0) {
                place = start;
                gap(out, place, new Gap(null, "unknown"));
            }
        }
        out.flush();
        boolean ended = false;
        while (!ended) {
            Feed.Batch batch = feed.next(place, context.limits().heartbeat().toMillis());
            if (batch.lost() > 0) {
                gap(out, place + batch.lost(), new Gap(batch.lost(), reason));
            }
            for (Feed.Entry entry : batch.entries()) {
                if (entry.kind().equals(GAP) || wanted.test(entry)) {
                    event(out, feed.id(entry.number()), entry.kind(), entry.data());
                }
            }
            if (batch.entries().isEmpty() && !batch.ended()) {
                // An id without data moves the place from which the client resumes past what it did not want.
                say(out, ": still here\nid: " + feed.id(batch.place()) + "\n\n");
            }
            out.flush();
            place = batch.place();
            ended = batch.ended();
            reason = "slow";
        }
        out.close();
    }

    private void gap(OutputStream out, long place, Gap gap) throws IOException {
        context.meters().http().gap(gap.lost() == null ? 0 : gap.lost());
        event(out, feed.id(place), GAP, Json.text(gap));
    }

    private static void event(OutputStream out, String id, String kind, String json) throws IOException {
        // JSON has no line feed outside texts, and escapes those inside: one line of data it is.
        say(out, "id: " + id + "\nevent: " + kind + "\ndata: " + json + "\n\n");
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
