package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.Versions;
import dev.hearsay.core.dissemination.Dissemination;
import dev.hearsay.core.membership.MemberState;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Well-formed packets, far too many of them: what grows has a bound, and the members go on. */
class FloodTest {
    private static final int SEEDS = 5;
    private static final Address ELSEWHERE = Address.ipv4(192, 0, 2, 7, 7946);
    private static final int MOST_MEMBERS = 100;

    private static Simulation joined(int nodes, long seed) {
        Config config = Config.lan().toBuilder().maxMembers(MOST_MEMBERS).build();
        Simulation sim =
                Simulation.of(nodes).seed(seed).config(config).hostile().start();
        for (int i = 1; i < nodes - 1; i++) {
            sim.join(i, 0);
        }
        sim.run(Duration.ofSeconds(60));
        return sim;
    }

    private static void assertEachSees(Simulation sim, int live) {
        for (SimNode observer : sim.nodes(0, live)) {
            for (SimNode subject : sim.nodes(0, live)) {
                assertEquals(MemberState.ALIVE, observer.sees(subject.name()).state(), observer::toString);
            }
            assertTrue(observer.core().vitals().queuedUpdates() <= 2 * Dissemination.LEAST_BOUND, observer::toString);
        }
    }

    private static boolean missesTheCrashed(SimNode node) {
        return node.sees("n7") == null || node.sees("n7").state() == MemberState.DEAD;
    }

    /** The last node is not a member yet. */
    @Test
    void a_hundred_thousand_invented_members_push_no_real_one_out_and_one_that_comes_later_finds_room() {
        Seeds.each(SEEDS, seed -> {
            Random random = new Random(seed);
            Simulation sim = joined(9, seed);
            Heard heard = Heard.in(sim);
            for (int i = 0; i < 100_000; i++) {
                Address at = Address.ipv4(198, 51, random.nextInt(256), random.nextInt(256), 7946);
                Message lie = new Message.Alive("ghost" + i, 1, at, Bytes.EMPTY, Versions.SERF);
                sim.adversary().send(at, sim.node(random.nextInt(8)), lie, Duration.ofMillis(i / 10));
            }
            sim.run(Duration.ofSeconds(11));
            assertEachSees(sim, 8);
            assertTrue(sim.node(0).core().counters().get(Counter.MEMBERS_REJECTED) > 1000);
            assertEquals(MOST_MEMBERS, sim.node(0).members().size());

            // Two rounds of probing at the slowest pace: among so many silent members each node thinks itself unwell.
            sim.crash(7);
            sim.runUntil(() -> sim.nodes(0, 7).stream().allMatch(FloodTest::missesTheCrashed), Duration.ofMinutes(30));
            assertTrue(heard.about(Event.MemberFailed.class).contains("n7"));
            sim.restart(7).join(7, 0).join(8, 0).run(Duration.ofMinutes(2));
            sim.awaitAgreement(Duration.ofMinutes(30));
            assertEachSees(sim, 9);
        });
    }

    @Test
    void floods_of_intents_pings_relays_acks_and_accusations_leave_the_members_and_the_bounds_as_they_were() {
        Seeds.each(SEEDS, seed -> {
            Random random = new Random(seed);
            Simulation sim = joined(9, seed);
            Heard heard = Heard.in(sim);
            for (int i = 0; i < 50_000; i++) {
                SimNode about = sim.node(random.nextInt(8));
                Message packet = switch (random.nextInt(9)) {
                    case 0 -> new Message.LeaveIntent(random.nextInt(1 << 20), "ghost" + i, random.nextBoolean());
                    case 1 -> new Message.JoinIntent(random.nextInt(1 << 20), "ghost" + i);
                    case 2 -> new Message.Ping(random.nextInt(), "", about.name(), about.address());
                    case 3 ->
                        new Message.IndirectPing(random.nextInt(), about.name(), about.address(), true, "", ELSEWHERE);
                    case 4 -> new Message.Ack(random.nextInt(), null);
                    case 5 -> new Message.Nack(random.nextInt());
                    case 6 -> new Message.Suspect("ghost" + i, random.nextInt(1 << 30), about.name());
                    case 7 -> new Message.Dead("ghost" + i, random.nextInt(1 << 30), about.name());
                    default -> new Message.User(Bytes.of(new byte[20]));
                };
                Address from = random.nextBoolean() ? ELSEWHERE : about.address();
                sim.adversary().send(from, sim.node(random.nextInt(8)), packet, Duration.ofMillis(i / 10));
            }
            sim.run(Duration.ofSeconds(6));
            assertEachSees(sim, 8);
            assertEquals(List.of(), heard.about(Event.MemberSuspected.class));
            assertTrue(sim.node(0).core().counters().get(Counter.INTENTS_DROPPED) > 0);
            sim.crash(7).run(Duration.ofSeconds(60));
            assertEquals(List.of("n7"), heard.about(Event.MemberFailed.class));
        });
    }

    @Test
    void more_indirect_pings_than_can_be_remembered_are_dropped_and_counted() {
        Simulation sim = joined(4, 1);
        for (int i = 0; i < 5_000; i++) {
            Message request = new Message.IndirectPing(
                    i, "n1", sim.node(1).address(), true, "n2", sim.node(2).address());
            sim.adversary().send(sim.node(2).address(), sim.node(0), request, Duration.ZERO);
        }
        sim.run(Duration.ofSeconds(2));
        assertTrue(sim.node(0).core().counters().get(Counter.RELAYS_DROPPED) > 3_000);
        assertEachSees(sim, 3);
    }
}
