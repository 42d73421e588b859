package dev.hearsay.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.Await;
import dev.hearsay.agent.InsideAgent;
import dev.hearsay.agent.config.Setting;
import dev.hearsay.api.Codec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code hearsay state watch}: what it shows, and what becomes of it when nobody reads or the agent ends. */
class StateWatchTest {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z";

    private InsideAgent agent;
    private final Terminal terminal = new Terminal();
    private CompletableFuture<Integer> exit;

    @BeforeEach
    void start() throws Exception {
        agent = InsideAgent.start("a", Map.of(Setting.STATE_MAX_VALUE, "100000"));
    }

    @AfterEach
    void stop() throws Exception {
        terminal.open.countDown();
        agent.close();
        exit.get(BOUND.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void everyChangeIsALineAndTheEndOfTheAgentIsSaid() throws Exception {
        watch();
        write();
        Await.until(
                "all to be shown: " + terminal.shown(),
                BOUND,
                () -> terminal.lines().size() == 7);
        assertEquals("""
                TIME  map routes  eu = 10.0.0.1  (written here)
                TIME  map routes  eu deleted  (written here)
                TIME  set drained  + web-3  (written here)
                TIME  set drained  - web-3  (written here)
                TIME  counter hits  is 3  (written here)
                TIME  register leader  = two\\nlines  (written here)
                TIME  fact a  zone = base64:/w==  (written here)
                """, terminal.shown());
        agent.close();
        assertEquals(1, exit.get(BOUND.toSeconds(), TimeUnit.SECONDS));
        assertEquals(
                "The agent ended the watch: it has exited or crashed.",
                terminal.lines().get(7));
    }

    @Test
    void asJsonEachLineIsAnObject() throws Exception {
        watch("-format=json");
        write();
        Await.until("all to be shown", BOUND, () -> terminal.lines().size() == 7);
        assertEquals("""
                {"written": "TIME", "type": "map", "name": "routes", "key": "eu", "value": "10.0.0.1", "deleted": false, "own": true}
                {"written": "TIME", "type": "map", "name": "routes", "key": "eu", "before": "10.0.0.1", "deleted": true, "own": true}
                {"written": "TIME", "type": "set", "name": "drained", "value": "web-3", "deleted": false, "own": true}
                {"written": "TIME", "type": "set", "name": "drained", "value": "web-3", "deleted": true, "own": true}
                {"written": "TIME", "type": "counter", "name": "hits", "value": 3, "own": true}
                {"written": "TIME", "type": "register", "name": "leader", "value": "two\\nlines", "deleted": false, "own": true}
                {"written": "TIME", "type": "fact", "name": "a", "key": "zone", "base64": "/w==", "deleted": false, "own": true}
                """, terminal.shown());
    }

    @Test
    void onlyWhatIsWantedIsShown() throws Exception {
        watch("-type=map", "-name=other");
        write();
        agent.cluster().state().map("other", Codec.TEXT).put("k", "v").join();
        Await.until("the one", BOUND, () -> !terminal.lines().isEmpty());
        assertEquals("TIME  map other  k = v  (written here)\n", terminal.shown());
    }

    @Test
    void aTerminalThatStopsHearsHowManyChangesWereLeftOut() throws Exception {
        terminal.blocked = true;
        watch("-type=map");
        byte[] value = "x".repeat(90_000).getBytes(StandardCharsets.UTF_8);
        int written = 0;
        while (agent.counted("rpc_events_dropped") == 0) {
            agent.put("m", "k" + written, value);
            written++;
            assertTrue(written < 2000, "nothing is dropped");
        }
        terminal.open.countDown();
        Await.until("the gap", BOUND, () -> terminal.shown().contains(" left out here: too many at a time"));
    }

    private void write() {
        var state = agent.cluster().state();
        state.map("routes", Codec.TEXT).put("eu", "10.0.0.1").join();
        state.map("routes", Codec.TEXT).remove("eu").join();
        state.set("drained", Codec.TEXT).add("web-3").join();
        state.set("drained", Codec.TEXT).remove("web-3").join();
        state.counter("hits").add(3).join();
        state.register("leader", Codec.TEXT).set("two\nlines").join();
        state.fact("zone", new byte[] {(byte) 0xff}).join();
    }

    /** Begins to watch; returns when the agent has begun to tell. */
    private void watch(String... flags) {
        PrintStream screen = new PrintStream(terminal, true, StandardCharsets.UTF_8);
        String[] args = new String[flags.length + 3];
        args[0] = "state";
        args[1] = "watch";
        args[2] = agent.rpcFlag();
        System.arraycopy(flags, 0, args, 3, flags.length);
        exit = new CompletableFuture<>();
        Thread user = new Thread(() -> exit.complete(new Cli(screen, screen).run(args)), "watching-user");
        user.setDaemon(true);
        user.start();
        Await.until(
                "the watch to begin",
                BOUND,
                () -> Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().equals("rpc-state-watch")));
    }

    /** What a user sees; takes nothing while it is blocked. */
    private static final class Terminal extends OutputStream {
        private final CountDownLatch open = new CountDownLatch(1);
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private volatile boolean blocked;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                if (blocked) {
                    open.await();
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            synchronized (written) {
                written.write(bytes, from, length);
            }
        }

        String shown() {
            synchronized (written) {
                return written.toString(StandardCharsets.UTF_8).replaceAll(TIME, "TIME");
            }
        }

        List<String> lines() {
            return shown().lines().toList();
        }
    }
}
