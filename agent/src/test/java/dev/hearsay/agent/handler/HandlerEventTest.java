package dev.hearsay.agent.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.agent.FakeCluster;
import dev.hearsay.api.ClusterMember.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandlerEventTest {
    @Test
    void aScriptReadsALineForEachMemberWithItsAddressAsGoWritesIt() {
        HandlerEvent event = new HandlerEvent.Members(
                "member-join",
                List.of(
                        FakeCluster.member("a\tb", "10.0.0.1", Status.ALIVE, Map.of("role", "web", "az", "1")),
                        FakeCluster.member("c", "2001:0:0:1:0:0:0:1", Status.ALIVE, Map.of())));
        assertEquals(
                "a\\tb\t10.0.0.1\tweb\taz=1,role=web\nc\t2001:0:0:1::1\t\t\n",
                new String(event.input(), StandardCharsets.UTF_8));
    }
}
