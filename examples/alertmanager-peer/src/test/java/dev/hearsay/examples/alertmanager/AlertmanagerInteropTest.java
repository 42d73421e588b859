package dev.hearsay.examples.alertmanager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.hearsay.Hearsay;
import dev.hearsay.api.Delegate;
import dev.hearsay.api.MemberlistCluster;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The example and real Alertmanagers in one cluster. */
@Timeout(300)
class AlertmanagerInteropTest {
    private static final String US = "127.93.17.1";
    private static final String A = "127.93.17.2";
    private static final String B = "127.93.17.3";
    private static final String C = "127.93.17.4";

    @TempDir
    private Path folder;

    @BeforeAll
    static void sayLoudlyIfSkipped() {
        if (!alertmanagerInstalled()) {
            System.err.println("""

                    ****************************************************************************
                    *  SKIPPED: the tests against the real Alertmanager, because               *
                    *  'prometheus-alertmanager' is not on the PATH. What they prove is NOT    *
                    *  proven by this build.                                                   *
                    *  Debian, Ubuntu: apt-get install prometheus-alertmanager                 *
                    ****************************************************************************
                    """);
        }
    }

    static boolean alertmanagerInstalled() {
        return Alertmanager.installed();
    }

    @Test
    @EnabledIf("alertmanagerInstalled")
    void twoAlertmanagersAndThisPeerAreOneCluster() throws Exception {
        try (Alertmanager a = Alertmanager.start(folder, A)) {
            String before = a.silence("before.*", "there before us");
            try (PeerProcess us = startPeer("--peer=" + A)) {
                us.awaitLine("up: hearsay at " + US + ":9094");
                us.awaitLine(
                        "silence new: " + before + " active {job=~\"before.*\"}", "by \"tester\": \"there before us\"");
                assertTrue(a.lists("hearsay", US), "in the status of the one that we joined");
                String large = a.silence("large.*", "x".repeat(2000));
                us.awaitLine("silence new: " + large + " active {job=~\"large.*\"}");
                us.awaitEnd("heard a message of 2\\d{3} bytes");
                a.expire(before);
                us.awaitLine("silence expired: " + before + " expired");
                us.awaitEnd("heard a message of [12]\\d\\d bytes");

                try (Alertmanager b = Alertmanager.start(folder, B, US)) {
                    us.awaitLine("peer joined: " + b.name() + " at " + B + ":9094");
                    Await.until("b lists us and a", () -> b.lists("hearsay", US) && b.lists(a.name(), A));
                    Await.until("a lists b", () -> a.lists(b.name(), B) && a.lists("hearsay", US));
                    Await.until("b has both", () -> b.has(large, "active") && b.has(before, "expired"));
                    String fromB = b.silence("fromB", "small");
                    us.awaitLine("silence new: " + fromB + " active");
                    Await.until("a has it", () -> a.has(fromB, "active"));

                    String killed = a.name();
                    a.kill();
                    us.awaitLine("peer failed: " + killed + " at " + A + ":9094");
                    assertEquals(143, us.stop(), "the exit code of a program that SIGTERM ended");
                    assertTrue(us.output().endsWith("left\n"), us::output);
                    Await.until("b lists us no longer", () -> !b.lists("hearsay", US));
                    assertTrue(b.lists(b.name(), B));
                }
            }
        }
    }

    @Test
    @EnabledIf("alertmanagerInstalled")
    void whatOneAlertmanagerToldAnotherLearnsFromThisPeerAlone() throws Exception {
        try (PeerProcess us = startPeer()) {
            us.awaitLine("up: hearsay");
            String small;
            String large;
            String first;
            try (Alertmanager a = Alertmanager.start(folder, A, US)) {
                first = a.name();
                us.awaitLine("peer joined: " + first);
                small = a.silence("small", "short");
                large = a.silence("large", "y".repeat(2000));
                us.awaitLine("silence new: " + small);
                us.awaitLine("silence new: " + large);
                a.stop();
            }
            us.awaitLine("peer left: " + first);

            try (Alertmanager b = Alertmanager.start(folder, B, US)) {
                Await.until("b has both", () -> b.has(small, "active") && b.has(large, "active"));
                Await.until("b lists us", () -> b.lists("hearsay", US));
                assertFalse(b.lists(first, A), "the one that left");
                assertEquals(2, us.count("silence "), () -> "nothing twice: " + us.output());

                tell(Samples.read("user-silence"));
                Await.until(
                        "b has what we repeated",
                        () -> b.has(Samples.silence("user-silence").id(), "active"));
                Await.until("b got it by gossip", () -> b.messages() > 0);

                us.kill();
                Await.until("b notices that we are gone", () -> !b.lists("hearsay", US));
            }
        }
    }

    /** Has a passing member of the cluster tell us, and nobody else. */
    private static void tell(ByteString part) throws Exception {
        try (MemberlistCluster passing =
                Hearsay.builder().name("passing").bind(C, 9094).startMemberlist(new Delegate() {})) {
            passing.join(US).get(20, TimeUnit.SECONDS).orThrow();
            passing.sendReliably("hearsay", part.toByteArray()).get(20, TimeUnit.SECONDS);
            passing.leave().get(20, TimeUnit.SECONDS);
        }
    }

    private PeerProcess startPeer(String... more) throws Exception {
        String[] args = new String[more.length + 2];
        args[0] = "--name=hearsay";
        args[1] = "--bind=" + US;
        System.arraycopy(more, 0, args, 2, more.length);
        return PeerProcess.start(folder, args);
    }
}
