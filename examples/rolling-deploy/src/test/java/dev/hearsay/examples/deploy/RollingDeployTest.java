package dev.hearsay.examples.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.Hearsay;
import dev.hearsay.api.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members in one process, over loopback sockets. */
@Timeout(120)
class RollingDeployTest {
    private static final String NETWORK = "127.95.17.";

    private final List<Cluster> clusters = new ArrayList<>();
    private final List<DeployMember> members = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
    private final AtomicInteger away = new AtomicInteger();
    private final AtomicInteger mostAway = new AtomicInteger();

    @AfterEach
    void stop() {
        members.forEach(DeployMember::close);
        clusters.forEach(Cluster::close);
        clusters.forEach(cluster -> cluster.closed().join());
    }

    @Test
    void allComeToRunTheVersionAndNeverAreMoreThanTwoAway() throws Exception {
        start(6, 2, name -> this::install);
        Rollout rollout = new Rollout(clusters.get(3), "v2", said::add);
        rollout.announce();
        assertTrue(rollout.ended().get(60, TimeUnit.SECONDS), said::toString);
        assertEquals(2, mostAway.get(), "away at the same time");
        for (int i = 0; i < 6; i++) {
            String line = "node-" + i + ": running v2";
            assertEquals(1, said.stream().filter(line::equals).count(), () -> line + " in " + said);
        }
    }

    @Test
    void aDeployThatFailsStopsWithTheFirstAndTheNextVersionMendsIt() throws Exception {
        start(3, 1, name -> version -> !version.equals("bad") && install(version));
        Rollout bad = new Rollout(clusters.get(0), "bad", said::add);
        bad.announce();
        assertFalse(bad.ended().get(60, TimeUnit.SECONDS), said::toString);
        Await.until(
                "both others wait",
                () -> said.stream()
                                .filter(line -> line.contains("waiting: "))
                                .map(line -> line.substring(0, line.indexOf(':')))
                                .distinct()
                                .count()
                        == 2);
        Rollout good = new Rollout(clusters.get(0), "good", said::add);
        good.announce();
        assertTrue(good.ended().get(60, TimeUnit.SECONDS), said::toString);
        assertEquals(1, mostAway.get(), "away at the same time");
        long ruined =
                said.stream().filter(line -> line.endsWith("installing bad")).count();
        assertEquals(1, ruined, said::toString);
    }

    @Test
    void whoComesLaterHearsOfTheDeployFromTheOthers() throws Exception {
        start(2, 1, name -> this::install);
        Rollout rollout = new Rollout(clusters.get(0), "v2", said::add);
        rollout.announce();
        assertTrue(rollout.ended().get(60, TimeUnit.SECONDS), said::toString);
        member(2, 1, this::install);
        clusters.get(2)
                .join(List.of(NETWORK + 1), true)
                .get(20, TimeUnit.SECONDS)
                .orThrow();
        Await.until("it runs v2", () -> said.contains("node-2: running v2"));
    }

    private void start(int count, int atOnce, Function<String, Installer> installers) throws Exception {
        for (int i = 0; i < count; i++) {
            member(i, atOnce, installers.apply("node-" + i));
            if (i > 0) {
                clusters.get(i).join(NETWORK + 1).get(20, TimeUnit.SECONDS).orThrow();
            }
        }
        Await.until(
                "all see the tags of all",
                () -> clusters.stream()
                        .allMatch(cluster -> cluster.members().stream()
                                        .filter(member ->
                                                "running".equals(member.tags().get(DeployMember.STATE)))
                                        .count()
                                == count));
    }

    private void member(int number, int atOnce, Installer installer) {
        String name = "node-" + number;
        Cluster cluster =
                Hearsay.builder().name(name).bind(NETWORK + (number + 1), 7946).start();
        clusters.add(cluster);
        DeployMember member = new DeployMember(cluster, "v1", atOnce, installer, line -> said.add(name + ": " + line));
        members.add(member);
        member.start();
    }

    /** Takes long enough that others ask meanwhile. */
    private boolean install(String version) throws InterruptedException {
        mostAway.accumulateAndGet(away.incrementAndGet(), Math::max);
        TimeUnit.MILLISECONDS.sleep(300);
        away.decrementAndGet();
        return !version.isEmpty();
    }
}
