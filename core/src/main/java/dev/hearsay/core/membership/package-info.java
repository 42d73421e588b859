/**
 * Who is there, and which of two claims about a member wins.
 *
 * <p>{@link dev.hearsay.core.membership.Precedence} is the rule; {@link dev.hearsay.core.membership.MemberTable} the
 * memory; {@link dev.hearsay.core.membership.Membership} applies one to the other. After SWIM (Das, Gupta, Motivala,
 * DSN 2002, section 4.2) and memberlist, with the deviations that the README lists.
 */
@NullMarked
package dev.hearsay.core.membership;

import org.jspecify.annotations.NullMarked;
