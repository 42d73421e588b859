package dev.hearsay.core.membership;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Versions;

/**
 * One line of a push/pull: what the sender believes of a member.
 *
 * @param node name of the member
 * @param incarnation 0 to 2^32 - 1
 * @param address where the member listens
 * @param meta the member's metadata, at most 512 bytes
 * @param versions the protocol versions it speaks
 * @param state what the sender believes
 */
public record Claim(String node, long incarnation, Address address, Bytes meta, Versions versions, MemberState state) {}
