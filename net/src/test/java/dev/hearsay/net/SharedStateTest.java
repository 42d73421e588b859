package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.Codec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SharedStateTest {
    @Test
    void what_one_member_writes_all_can_read_whatever_its_type() throws Exception {
        try (Nodes nodes = new Nodes()) {
            List<Cluster> all = nodes.cluster("s", 3);
            var one = all.get(0).state();
            one.fact("zone", "a".getBytes(StandardCharsets.UTF_8)).get(10, TimeUnit.SECONDS);
            one.map("flags", Codec.TEXT).put("dark", "on").get(10, TimeUnit.SECONDS);
            one.set("workers", Codec.TEXT).add("w1").get(10, TimeUnit.SECONDS);
            all.get(1).state().counter("rollout").add(2).get(10, TimeUnit.SECONDS);
            all.get(2).state().counter("rollout").add(-5).get(10, TimeUnit.SECONDS);
            one.register("leader", Codec.TEXT).set("s0").get(10, TimeUnit.SECONDS);
            assertEquals("on", one.map("flags", Codec.TEXT).get("dark"), "one reads what it has just written");
            for (Cluster each : all) {
                var state = each.state();
                Await.until(
                        () -> each + " has everything, now " + state.stats(),
                        () -> state.snapshot().facts("s0").containsKey("zone")
                                && "on".equals(state.map("flags", Codec.TEXT).get("dark"))
                                && state.set("workers", Codec.TEXT).contains("w1")
                                && state.counter("rollout").value() == -3
                                && state.register("leader", Codec.TEXT).values().equals(List.of("s0")));
                assertEquals(5, state.snapshot().size());
            }
            assertTrue(one.set("workers", Codec.TEXT).remove("w1").get(10, TimeUnit.SECONDS));
            Await.until(
                    "the worker is gone everywhere",
                    () -> all.stream()
                            .allMatch(n -> n.state().set("workers", Codec.TEXT).size() == 0));
        }
    }
}
