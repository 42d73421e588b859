package dev.hearsay.agent.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.agent.FakeCluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.ClusterMember.Status;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireMemberTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "fe80:0:0:0:0:0:0:1, [fe80::1]",
        "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]",
    })
    void anAddressIsWrittenAsGoWritesIt(String ip, String host) {
        ClusterMember member = FakeCluster.member("a", ip, Status.ALIVE, Map.of());
        assertEquals(
                host + ":" + member.address().getPort(), WireMember.of(member).address());
    }
}
