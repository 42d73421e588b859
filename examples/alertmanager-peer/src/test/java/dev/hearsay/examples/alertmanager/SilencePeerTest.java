package dev.hearsay.examples.alertmanager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import dev.hearsay.Hearsay;
import dev.hearsay.api.Delegate;
import dev.hearsay.api.MemberlistCluster;
import dev.hearsay.core.Config;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the peer repeats, what it hands over, and what it makes of nonsense: with one other node that sends it things. */
class SilencePeerTest {
    private static final ByteString SMALL = Samples.read("user-silence");
    private static final ByteString LARGE = Samples.read("user-oversize");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-01T00:00:00Z"), ZoneOffset.UTC);

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final SilencePeer peer = new SilencePeer(CLOCK, lines::add);
    private final List<ByteString> repeated = new CopyOnWriteArrayList<>();
    private final MemberlistCluster node = start("peer", peer);
    private final MemberlistCluster other = start("other", new Delegate() {
        @Override
        public void onMessage(MemberlistCluster cluster, byte[] content) {
            repeated.add(ByteString.copyFrom(content));
        }
    });

    private static MemberlistCluster start(String name, Delegate delegate) {
        return Hearsay.builder()
                .name(name)
                .bind("127.0.0.1", 0)
                .config(Config.local())
                .startMemberlist(delegate);
    }

    @BeforeEach
    void meet() throws Exception {
        other.join("127.0.0.1:" + node.self().address().getPort())
                .get(20, TimeUnit.SECONDS)
                .orThrow();
    }

    @AfterEach
    void stop() {
        node.close();
        other.close();
    }

    @Test
    void repeatsWhatIsNewAndShortAndHandsOverEverything() throws Exception {
        send(LARGE);
        Await.until("a line", () -> lines.size() == 1);
        send(SMALL);
        Await.until("the short one comes back", () -> repeated.contains(SMALL));
        assertEquals(2, lines.size());
        assertEquals(0, repeated.stream().filter(LARGE::equals).count(), "it was sent to everybody");

        List<ByteString> parts = Payloads.parts(ByteString.copyFrom(peer.localState(true)));
        assertEquals(
                List.of(Samples.silence("user-oversize"), Samples.silence("user-silence")),
                Payloads.silences(Payloads.part(parts.get(0)).data()));
    }

    @Test
    void countsNonsenseAndGoesOn() throws Exception {
        send(ByteString.copyFromUtf8("nonsense"));
        Await.until("it is counted", () -> peer.malformed() == 1);
        // Of another kind, and then silences that are cut.
        send(Samples.hex("0a036e666c 1202ffff"));
        send(Samples.hex("0a0373696c 1202ffff"));
        Await.until("it is counted", () -> peer.malformed() == 2);
        peer.onRemoteState(node, new byte[] {10, 127}, false);
        assertEquals(3, peer.malformed());
        send(SMALL);
        Await.until("the next one is heard", () -> lines.size() == 1);
        assertEquals(
                "silence new: d959b9ee-52f6-4807-bdc9-5f5f12b899b2 active {alertname=\"X\"} from 2026-11-21T03:48:08Z "
                        + "until 2036-01-01T00:00:00Z by \"t\": \"c\"",
                lines.get(0));
    }

    private void send(ByteString content) throws Exception {
        other.sendReliably("peer", content.toByteArray()).get(20, TimeUnit.SECONDS);
    }
}
