package dev.hearsay.core.membership;

/** The production table against the contract. */
class DenseMemberTableTest extends MemberTableContract {
    @Override
    MemberTable create() {
        return new DenseMemberTable();
    }
}
