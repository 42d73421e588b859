package dev.hearsay.fuzz;

import static dev.hearsay.fuzz.NodeHarness.require;

import dev.hearsay.core.Node;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;

/** What has to hold of a node's members after each step: above all that it stays itself. */
final class MembersChecker {
    private MembersChecker() {}

    static void check(Node node, boolean leaving) {
        int members = node.members().size();
        int live = 0;
        for (int i = 0; i < members; i++) {
            Member member = node.members().at(i);
            require(member.versions().plausible(), "impossible versions of member ", i);
            require(member.incarnation() >>> 32 == 0, "the incarnation ", member.incarnation());
            live += member.state().live() ? 1 : 0;
        }
        require(live == node.members().live(), "another number of live members: ", live);
        Member self = node.self();
        require(
                self.equals(node.members().find(NodeHarness.SELF)),
                "the node and its table differ about itself; members: ",
                members);
        require(
                self.name().equals(NodeHarness.SELF) && self.address().equals(NodeHarness.ADDRESS),
                "the node is another; members: ",
                members);
        require(leaving || self.state() == MemberState.ALIVE, "it believes itself gone; members: ", members);
    }
}
