package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.Hearsay;
import dev.hearsay.HearsayException;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.Codec;
import dev.hearsay.core.state.StateConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest {
    @TempDir
    private Path directory;

    private final Nodes nodes = new Nodes();

    @AfterEach
    void stop() {
        nodes.close();
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private Cluster start(String name, Path file) {
        return nodes.start(Nodes.builder(name).stateStore(file));
    }

    private static void stop(Cluster node) throws Exception {
        node.close();
        get(node.closed());
    }

    @Test
    void a_node_that_comes_back_has_what_it_and_others_have_written_and_nothing_that_was_removed() throws Exception {
        Path file = directory.resolve("state");
        Cluster first = start("a", file);
        Cluster other = nodes.start("b");
        Nodes.join(first, other);
        get(first.state().map("m", Codec.TEXT).put("mine", "1"));
        get(first.state().map("m", Codec.TEXT).put("removed", "1"));
        get(first.state().map("m", Codec.TEXT).remove("removed"));
        assertEquals(5, get(first.state().counter("c").add(5)));
        get(other.state().map("m", Codec.TEXT).put("theirs", "2"));
        Await.until("it has come", () -> first.state().map("m", Codec.TEXT).get("theirs") != null);
        stop(first);
        stop(other);

        Cluster again = start("a", file);
        assertEquals(2, get(again.state().counter("c").add(-3)), "what the earlier process has counted counts");
        assertEquals(
                List.of("mine", "theirs"),
                List.copyOf(again.state().map("m", Codec.TEXT).all().keySet()));
        assertTrue(Nodes.stat(again, "hearsay.state_store_batches") > 0);
        assertEquals(0, again.state().propagation().count(), "what was kept has not just come");
    }

    @Test
    void two_nodes_that_begin_with_copies_of_one_file_do_not_take_each_others_counts_for_their_own() throws Exception {
        Path file = directory.resolve("state");
        Cluster first = start("a", file);
        get(first.state().counter("c").add(1));
        stop(first);
        Path copy = directory.resolve("copy");
        Files.copy(file, copy);
        Cluster one = start("a", file);
        Cluster two = start("b", copy);
        get(one.state().counter("c").add(10));
        get(two.state().counter("c").add(100));
        Nodes.join(one, two);
        Await.until(
                () -> "all have counted: " + one.state().counter("c").value() + " and "
                        + two.state().counter("c").value(),
                () -> one.state().counter("c").value() == 111
                        && two.state().counter("c").value() == 111);
    }

    @Test
    void a_node_whose_file_is_no_store_begins_with_nothing_and_learns_from_others() throws Exception {
        Path file = directory.resolve("state");
        Files.writeString(file, "nothing of use".repeat(1000));
        Cluster other = nodes.start("b");
        get(other.state().map("m", Codec.TEXT).put("k", "v"));
        Cluster node = start("a", file);
        assertEquals(1, Nodes.stat(node, "hearsay.state_store_damaged"));
        Nodes.join(node, other);
        Await.until(
                "it has learnt",
                () -> "v".equals(node.state().map("m", Codec.TEXT).get("k")));
    }

    @Test
    void a_file_that_another_node_has_open_is_refused_by_name() {
        Path file = directory.resolve("state");
        start("a", file);
        HearsayException refused = assertThrows(HearsayException.class, () -> start("b", file));
        assertTrue(refused.getMessage().contains(file + " is in use"), refused.getMessage());
    }

    @Test
    void a_store_for_a_node_that_takes_no_part_is_refused() {
        Hearsay.Builder builder = Nodes.builder("a").state(StateConfig.OFF).stateStore(directory.resolve("state"));
        assertThrows(IllegalArgumentException.class, builder::start);
    }
}
