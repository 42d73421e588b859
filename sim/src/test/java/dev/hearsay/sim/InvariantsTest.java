package dev.hearsay.sim;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.DenseMemberTable;
import dev.hearsay.core.membership.ForwardingMemberTable;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Breaks each invariant by writing into a node's table what the protocol would never write. */
class InvariantsTest {
    private final Simulation sim = Simulation.of(3).seed(42).start();

    InvariantsTest() {
        sim.joinAll();
        sim.awaitAgreement(Duration.ofSeconds(30));
        sim.run(Duration.ofSeconds(5));
    }

    private static Member changed(Member member, long incarnation, MemberState state) {
        Claim claim = new Claim(member.name(), incarnation, member.address(), member.meta(), member.versions(), state);
        return new Member(claim, member.leaving(), member.since());
    }

    /** Has n0 believe that of the member. */
    private void believe(String name, long incarnation, MemberState state) {
        Member member = sim.node(0).sees(name);
        sim.node(0).members().put(changed(member, incarnation, state));
    }

    private void violates(String rule, String name, long incarnation, MemberState state) {
        InvariantViolation violation = assertThrows(InvariantViolation.class, () -> believe(name, incarnation, state));
        assertTrue(violation.getMessage().startsWith("n0: "), violation.getMessage());
        assertTrue(violation.getMessage().contains(rule), violation.getMessage());
        assertTrue(violation.getMessage().contains("seed 42"), violation.getMessage());
        assertTrue(violation.getMessage().lines().count() > 40, "the last inputs: " + violation.getMessage());
    }

    @Test
    void an_incarnation_never_goes_back() {
        violates("went back", "n1", 0, MemberState.ALIVE);
    }

    @Test
    void nobody_raises_the_incarnation_of_another() {
        violates("never had the incarnation", "n1", 2, MemberState.SUSPECT);
    }

    @Test
    void nobody_declares_a_reachable_member_dead() {
        violates("is up and reachable", "n1", 1, MemberState.DEAD);
    }

    @Test
    void a_member_that_is_paused_may_be_declared_dead_until_a_while_after() {
        sim.pause(1);
        assertDoesNotThrow(() -> believe("n1", 1, MemberState.DEAD));
        believe("n1", 1, MemberState.ALIVE);
        sim.resume(1);
        assertDoesNotThrow(() -> believe("n1", 1, MemberState.DEAD));
        believe("n1", 1, MemberState.ALIVE);
        sim.run(Duration.ofMinutes(2));
        violates("is up and reachable", "n1", 1, MemberState.DEAD);
    }

    @Test
    void whoever_was_blocked_may_read_of_a_death_that_is_long_over_and_no_later() {
        sim.block(0).crash(1);
        sim.run(Duration.ofSeconds(1));
        sim.restart(1).join(1, 2).run(Duration.ofSeconds(60));
        assertDoesNotThrow(() -> sim.unblock(0));
        sim.run(Duration.ofSeconds(1));
        assertTrue(sim.node(0).sees("n1").state().live(), "it has read that n1 is back");
        long incarnation = sim.node(0).sees("n1").incarnation();
        violates("is up and reachable", "n1", incarnation, MemberState.DEAD);
    }

    @Test
    void a_member_may_be_declared_dead_where_it_was_before_it_was_started_elsewhere_but_not_for_good() {
        sim.crash(1).restartElsewhere(1).run(Duration.ofMinutes(2));
        long incarnation = sim.node(0).sees("n1").incarnation();
        believe("n1", incarnation, MemberState.ALIVE);
        assertDoesNotThrow(() -> believe("n1", incarnation, MemberState.DEAD));
        InvariantViolation violation = assertThrows(InvariantViolation.class, () -> sim.run(Duration.ofMinutes(2)));
        assertTrue(violation.getMessage().contains("has not taken back"), violation.getMessage());
    }

    @Test
    void a_member_that_is_cut_off_may_be_declared_dead_until_a_while_after() {
        sim.partition(sim.nodes(0, 1), sim.nodes(1, 2));
        assertDoesNotThrow(() -> believe("n1", 1, MemberState.DEAD));
        believe("n1", 1, MemberState.ALIVE);
        sim.heal().run(Duration.ofMinutes(2));
        violates("is up and reachable", "n1", 1, MemberState.DEAD);
    }

    @Test
    void a_node_does_not_believe_itself_suspect_dead_or_gone() {
        violates("believes itself", "n0", 1, MemberState.SUSPECT);
        violates("believes itself", "n0", 1, MemberState.DEAD);
        violates("believes itself", "n0", 1, MemberState.LEFT);
    }

    @Test
    void a_table_counts_what_it_holds() {
        class Forgetful extends ForwardingMemberTable {
            Forgetful() {
                super(new DenseMemberTable());
            }

            @Override
            public int live() {
                return Math.min(super.live(), 2);
            }
        }
        Simulation wrong = Simulation.of(3).tables(node -> new Forgetful()).start();
        InvariantViolation violation =
                assertThrows(InvariantViolation.class, () -> wrong.joinAll().run(Duration.ofSeconds(10)));
        assertTrue(violation.getMessage().contains("counts 2 live of 3, but holds 3 of 3"), violation.getMessage());
    }

    @Test
    void no_packet_exceeds_the_configured_size() {
        List<SimNode> sender = new ArrayList<>(sim.nodes(0, 1));
        Engine engine = sender.get(0).running().engine();
        assertDoesNotThrow(() -> new Invariants(engine, false).packet(sender.get(0), 1400));
        assertThrows(InvariantViolation.class, () -> new Invariants(engine, false).packet(sender.get(0), 1401));
    }
}
