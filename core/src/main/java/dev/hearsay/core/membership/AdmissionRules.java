package dev.hearsay.core.membership;

import dev.hearsay.core.Address;
import dev.hearsay.core.Identity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules for members that a node's settings hold: where they may live and what they may be called. Perhaps an
 * application's vetoes follow; they are asked only about what the rules let pass.
 *
 * <p>The allow-list is about the addresses that members announce, as in memberlist; it filters no packets. Beyond
 * memberlist, nothing is sent to an address outside of it only because a packet says so. Immutable.
 */
public final class AdmissionRules implements Admission {
    /** Most characters of a name that is validated (Serf {@code MaxNodeNameLength}). */
    public static final int MAX_NAME_LENGTH = 128;

    /** No rules: everybody may, from anywhere. */
    public static final AdmissionRules NONE = new AdmissionRules(null, false);

    private final @Nullable AllowList allowed;
    private final boolean validateNames;
    private final Admission next;

    /**
     * Makes the rules.
     *
     * @param allowed where members may live; null for anywhere (memberlist {@code CIDRsAllowed})
     * @param validateNames whether a name has to consist of 1 to {@value #MAX_NAME_LENGTH} of {@code A-Z a-z 0-9 - .}
     *     (Serf {@code ValidateNodeNames})
     */
    public AdmissionRules(@Nullable AllowList allowed, boolean validateNames) {
        this(allowed, validateNames, ANYBODY);
    }

    private AdmissionRules(@Nullable AllowList allowed, boolean validateNames, Admission next) {
        this.allowed = allowed;
        this.validateNames = validateNames;
        this.next = next;
    }

    /** These rules, and after them others. */
    public AdmissionRules followedBy(Admission others) {
        return new AdmissionRules(allowed, validateNames, others);
    }

    /**
     * Checks that the node itself keeps its rules: the others, who have the same, would never list it.
     *
     * @throws IllegalArgumentException naming the setting, the value and the rule
     */
    public void check(Identity self) {
        if (allowed != null && !allowed.contains(self.address())) {
            throw new IllegalArgumentException("allowed networks are [" + allowed
                    + "]: one must contain this node's own address "
                    + self.address().host()
                    + ", the one it listens on or advertises");
        }
        if (validateNames && !valid(self.name())) {
            throw new IllegalArgumentException(
                    "name '" + self.name() + "' breaks the rule for names, which are validated: "
                            + "must consist of 1 to " + MAX_NAME_LENGTH + " of A-Z, a-z, 0-9, '-' and '.'");
        }
    }

    @Override
    public @Nullable String refuse(Claim claim) {
        String broken = broken(claim);
        return broken != null ? broken : next.refuse(claim);
    }

    /**
     * Besides what follows these rules: a join that brings nobody who may be a member is refused, so that a newcomer with
     * a bad name or address hears why. In a larger cluster each member counts for itself.
     */
    @Override
    public @Nullable String refuseMerge(List<Claim> claims) {
        String first = null;
        for (Claim claim : claims) {
            if (claim.state().live()) {
                String broken = broken(claim);
                if (broken == null) {
                    return next.refuseMerge(claims);
                }
                first = first == null ? broken : first;
            }
        }
        return first == null ? next.refuseMerge(claims) : first;
    }

    @Override
    public boolean reaches(Address address) {
        return (allowed == null || allowed.contains(address)) && next.reaches(address);
    }

    /** The reason goes to strangers: it says what of theirs is wrong, and not what would be right. */
    private @Nullable String broken(Claim claim) {
        if (validateNames && !valid(claim.node())) {
            return "the name '" + printable(claim.node()) + "' must consist of 1 to " + MAX_NAME_LENGTH
                    + " of A-Z, a-z, 0-9, '-' and '.'";
        }
        if (allowed != null && !allowed.contains(claim.address())) {
            return "the address " + claim.address().host() + " of '" + printable(claim.node())
                    + "' is in no allowed network";
        }
        return null;
    }

    /** A stranger chose the name, and a person will read it in a log. */
    private static String printable(String name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            text.append(name.charAt(i) < ' ' || name.charAt(i) == 0x7F ? '?' : name.charAt(i));
        }
        return text.toString();
    }

    private static boolean valid(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (c < '0' || c > '9') && c != '-' && c != '.') {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= MAX_NAME_LENGTH;
    }
}
