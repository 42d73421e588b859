package dev.hearsay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.Hearsay;
import dev.hearsay.api.Admission;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.Delegate;
import dev.hearsay.api.JoinResult;
import dev.hearsay.core.Config;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who becomes a member of a node that runs, and who hears why not. */
class AdmissionOverSocketsTest {
    private final Nodes nodes = new Nodes();

    @AfterEach
    void stop() {
        nodes.close();
    }

    /** The two kinds of cluster that a builder starts. */
    private enum Kind {
        SERF,
        MEMBERLIST;

        Cluster start(Hearsay.Builder builder) {
            return this == SERF ? builder.start() : builder.startMemberlist(new Delegate() {});
        }
    }

    /** Refuses by name and by number, remembers whom it was asked about, and fails on demand. */
    private static final class Rule implements Admission {
        final List<String> asked = new CopyOnWriteArrayList<>();
        final AtomicBoolean fails = new AtomicBoolean();
        private final String unwanted;
        private final int most;

        Rule(String unwanted, int most) {
            this.unwanted = unwanted;
            this.most = most;
        }

        @Override
        public Optional<String> refuse(ClusterMember member) {
            if (fails.get()) {
                throw new IllegalStateException("on demand");
            }
            asked.add(member.name());
            return member.name().equals(unwanted) ? Optional.of("we know no " + unwanted) : Optional.empty();
        }

        @Override
        public Optional<String> refuseMerge(List<ClusterMember> members) {
            return members.size() > most ? Optional.of("more than " + most + " at once") : Optional.empty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_member_that_the_application_refuses_is_listed_nowhere_and_counted(Kind kind) throws Exception {
        Rule rule = new Rule("unwanted", 9);
        Cluster strict = nodes.start(Nodes.builder("strict").admission(rule), kind::start);
        Cluster open = nodes.start(Nodes.builder("open"), kind::start);
        Cluster unwanted = nodes.start(Nodes.builder("unwanted"), kind::start);
        Nodes.join(open, strict);
        Nodes.join(unwanted, open);

        Await.until("it was refused", () -> Nodes.stat(strict, "hearsay.admissions_refused") > 0);
        assertTrue(open.member("unwanted").isPresent());
        assertEquals(Optional.empty(), strict.member("unwanted"));
        assertEquals(2, strict.members().size());
        assertTrue(!rule.asked.contains("strict"), "never about itself");
    }

    @ParameterizedTest
    @EnumSource
    void a_join_that_the_application_refuses_fails_with_its_reason_on_both_sides(Kind kind) throws Exception {
        Cluster strict = nodes.start(Nodes.builder("strict").admission(new Rule("", 1)), kind::start);
        Cluster a = nodes.start(Nodes.builder("a"), kind::start);
        Cluster b = nodes.start(Nodes.builder("b"), kind::start);
        Nodes.join(a, b);
        Nodes.awaitAlive(List.of(a, b), 2);

        assertEquals("refused: more than 1 at once", refusal(a, strict));
        assertEquals(1, strict.members().size());
        assertEquals(Optional.empty(), a.member("strict"));
        // Here the others have merged already when the veto comes, and will gossip to the node.
        assertEquals("rejected: more than 1 at once", refusal(strict, a));
        Await.until("both are counted", () -> Nodes.stat(strict, "hearsay.merges_refused") == 2);
    }

    @Test
    void whom_a_failing_application_was_asked_about_is_refused_until_it_can_decide() throws Exception {
        Rule rule = new Rule("", 9);
        rule.fails.set(true);
        Cluster strict = nodes.start(Nodes.builder("strict").admission(rule));
        Cluster a = nodes.start("a");
        Nodes.join(a, strict);
        Await.until("it failed", () -> Nodes.stat(strict, "hearsay.vetoes_failed") > 0);
        assertEquals(Optional.empty(), strict.member("a"));

        rule.fails.set(false);
        Nodes.join(a, strict);
        Nodes.awaitAlive(List.of(strict, a), 2);
        rule.fails.set(true);
        long failed = Nodes.stat(strict, "hearsay.vetoes_failed");
        a.tags(Map.of("new", "tag")).get(20, TimeUnit.SECONDS);
        Await.until("it failed again", () -> Nodes.stat(strict, "hearsay.vetoes_failed") > failed);
        assertEquals(
                ClusterMember.Status.ALIVE, strict.member("a").orElseThrow().status());
        assertEquals(Map.of(), strict.member("a").orElseThrow().tags(), "what it was is what it stays");
    }

    @Test
    void a_newcomer_outside_of_the_allowed_networks_or_of_a_bad_name_hears_why() throws Exception {
        Cluster strict = nodes.start(
                Nodes.builder("strict").allow("127.0.0.0/24", "fd00::/8").validateNames(true));
        Cluster far = nodes.start(Nodes.builder("far").bind("127.0.1.1", 0));
        Cluster odd = nodes.start("odd_name");
        Cluster fine = nodes.start("fine");

        assertEquals("refused: the address 127.0.1.1 of 'far' is in no allowed network", refusal(far, strict));
        assertEquals("rejected: the address 127.0.1.1 of 'far' is in no allowed network", refusal(strict, far));
        assertEquals(
                "refused: the name 'odd_name' must consist of 1 to 128 of A-Z, a-z, 0-9, '-' and '.'",
                refusal(odd, strict));
        Nodes.join(fine, far);
        Nodes.join(fine, strict);
        Await.until("far is refused", () -> Nodes.stat(strict, "hearsay.admissions_refused") > 0);
        Nodes.awaitAlive(List.of(strict), 2);
        assertEquals(Optional.empty(), strict.member("far"));
    }

    @Test
    void a_node_that_breaks_its_own_rules_does_not_start_and_says_which() {
        assertEquals(
                "allowed networks are [10.0.0.0/8]: one must contain this node's own address 127.0.0.1, "
                        + "the one it listens on or advertises",
                error(Nodes.builder("a").allow("10.0.0.0/8")));
        assertTrue(error(Nodes.builder("a").allow()).startsWith("allowed networks are []: "));
        assertTrue(error(Nodes.builder("a_b").validateNames(true)).startsWith("name 'a_b' breaks the rule"));
        assertThrows(IllegalArgumentException.class, () -> Nodes.builder("a").allow("10.0.0.1/8"));
        nodes.start(Nodes.builder("a-b")
                .allow("10.0.0.0/8")
                .advertise("10.1.2.3")
                .validateNames(true)
                .config(Config.local()));
    }

    private static String error(Hearsay.Builder builder) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, builder::start).getMessage());
    }

    private static String refusal(Cluster node, Cluster seed) throws Exception {
        JoinResult result = node.join(Nodes.address(seed)).get(20, TimeUnit.SECONDS);
        assertEquals(0, result.contacted());
        return result.seeds().get(0).error();
    }
}
