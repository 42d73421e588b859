package dev.hearsay.agent;

import dev.hearsay.api.IncomingQuery;
import dev.hearsay.core.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A query that a node is asked, and that remembers how it was answered. */
public final class FakeQuery implements IncomingQuery {
    public final List<String> answers = new CopyOnWriteArrayList<>();
    public volatile Duration remaining = Duration.ofSeconds(5);

    private final String name;
    private final String payload;
    private final long time;

    public FakeQuery(String name, String payload, long time) {
        this.name = name;
        this.payload = payload;
        this.time = time;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Bytes payload() {
        return Bytes.of(payload.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String from() {
        return "asker";
    }

    @Override
    public long time() {
        return time;
    }

    @Override
    public Duration remaining() {
        return remaining;
    }

    @Override
    public CompletableFuture<Void> respond(byte[] answer) {
        if (!answers.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalStateException("response already sent"));
        }
        answers.add(new String(answer, StandardCharsets.UTF_8));
        return CompletableFuture.completedFuture(null);
    }
}
