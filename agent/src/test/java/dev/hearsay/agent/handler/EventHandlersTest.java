package dev.hearsay.agent.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.agent.Await;
import dev.hearsay.agent.FakeCluster;
import dev.hearsay.agent.FakeQuery;
import dev.hearsay.api.UserEvent;
import dev.hearsay.core.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the cluster to the scripts and back. */
class EventHandlersTest {
    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final FakeCluster cluster = FakeCluster.captured();
    private EventHandlers handlers;
    private Path out;

    @BeforeEach
    void start() throws IOException {
        out = Files.createFile(folder.resolve("out"));
        handlers = EventHandlers.start(cluster, List.of(), BOUND);
    }

    @AfterEach
    void stop() {
        handlers.close();
    }

    @Test
    void theFirstEventIsThatThisNodeIsThere() throws Exception {
        handle("member-join=echo \"$SERF_SELF_NAME $SERF_SELF_ROLE $SERF_TAG_ROLE\" >> %s; cat >> %s");
        until("real1 web web", "real1\t127.0.15.1\tweb\trole=web");
    }

    @Test
    void aHandlerGetsItsEventsInOrder() throws Exception {
        handle("user=echo $SERF_USER_EVENT >> %s");
        List<String> names = IntStream.range(0, 30).mapToObj(i -> "e" + i).toList();
        names.forEach(this::user);
        until(names.toArray(new String[0]));
    }

    @Test
    void aHandlerThatHangsHoldsUpItselfOnlyAndIsKilled() throws Exception {
        update(Duration.ofSeconds(3), "user=echo slow >> %s; sleep 600", "user=echo $SERF_USER_EVENT >> %s");
        user("one");
        user("two");
        Await.until("the other has both", BOUND, () -> lines().containsAll(List.of("one", "two")));
        assertEquals(1, lines().stream().filter("slow"::equals).count(), "the first still hangs");
        Await.until(
                "it was killed and went on",
                BOUND,
                () -> handlers.figures().get("handler_runs_killed").equals("2"));
        assertEquals("4", handlers.figures().get("handler_runs"));
    }

    @Test
    void whatAQuerysHandlerPrintsIsTheAnswer() {
        handle("query:load=cat; echo $SERF_QUERY_NAME", "query:silent=true", "query:broken=echo no; exit 1");
        FakeQuery load = new FakeQuery("load", "now?", 7);
        cluster.emit(load);
        Await.until("an answer", BOUND, () -> !load.answers.isEmpty());
        assertEquals(List.of("now?\nload\n"), load.answers);
        FakeQuery silent = new FakeQuery("silent", "", 8);
        FakeQuery broken = new FakeQuery("broken", "", 9);
        cluster.emit(silent);
        cluster.emit(broken);
        Await.until(
                "both have run",
                BOUND,
                () -> handlers.figures().get("handler_runs").equals("3")
                        && handlers.figures().get("handler_runs_failed").equals("1"));
        assertEquals(List.of(), broken.answers);
        assertEquals(List.of(), silent.answers);
    }

    @Test
    void otherHandlersTakeOverFromTheNextEventOn() throws Exception {
        handle("user=echo old $SERF_USER_EVENT >> %s");
        user("one");
        until("old one");
        handle("user=echo new $SERF_USER_EVENT >> %s");
        user("two");
        until("old one", "new two");
        assertEquals(List.of("user:"), new ArrayList<>(handlers.scripts().keySet()));
    }

    @Test
    void whatWaitsForASlowHandlerIsBoundedTheOldestGoesAndIsCounted() {
        List<Runnable> pool = new ArrayList<>();
        HandlerFigures figures = new HandlerFigures();
        HandlerQueue queue = new HandlerQueue(
                "echo $SERF_USER_EVENT >> " + out,
                pool::add,
                () -> new HandlerQueue.Self("n", Map.of()),
                () -> BOUND,
                figures);
        for (int i = 0; i < HandlerQueue.MAX_WAITING + 3; i++) {
            queue.offer(new HandlerEvent.User(event("e" + i)));
        }
        assertEquals(1, pool.size(), "one task for each handler, however much waits");
        assertEquals("3", figures.show().get("handler_events_dropped"));
        pool.remove(0).run();
        assertEquals(List.of("e3"), lines());
        assertEquals(1, pool.size(), "the next one");
    }

    @Test
    void tagsBecomeVariablesThatShellsCanRead() {
        assertEquals("A_B_C", HandlerQueue.variable("a-b c"));
        assertEquals("GR__E9", HandlerQueue.variable("größe9"));
    }

    private void handle(String... specs) {
        update(BOUND, specs);
    }

    private void update(Duration timeout, String... specs) {
        handlers.update(
                Stream.of(specs)
                        .map(spec -> HandlerSpec.parse(spec.replace("%s", out.toString())))
                        .toList(),
                timeout);
    }

    private void user(String name) {
        cluster.emit(event(name));
    }

    private static UserEvent event(String name) {
        return new UserEvent(name, Bytes.EMPTY, 1, false);
    }

    private void until(String... lines) {
        Await.until(List.of(lines) + " in the file", BOUND, () -> lines().size() >= lines.length);
        assertEquals(List.of(lines), lines());
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
