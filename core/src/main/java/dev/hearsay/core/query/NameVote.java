package dev.hearsay.core.query;

import dev.hearsay.core.Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who keeps a name that two processes claim.
 *
 * <pre>
 *   others that live   they say                              verdict
 *   5                  nothing                               keeps it (Serf: loses it)
 *   5                  one: another address                  keeps it (Serf: loses it)
 *   5                  three: ours; two: another             keeps it
 *   5                  three: the same other address         loses it
 *   5                  three: other addresses, each its own  keeps it
 * </pre>
 */
public final class NameVote {
    private NameVote() {}

    /**
     * To whom this node has lost its name: the address that more than half of all live others gave. Null if it has not. Serf
     * counts only those that answered, so that no answer at all, or a forged one, is the end of a healthy member.
     *
     * @param own this node's address
     * @param said an address for each member that answered and knows somebody of the name
     * @param others how many other members live
     */
    public static @Nullable Address lostTo(Address own, List<Address> said, int others) {
        Map<Address, Integer> votes = new HashMap<>();
        for (Address address : said) {
            int sum = votes.merge(address, 1, Integer::sum);
            if (!address.equals(own) && 2 * sum > others) {
                return address;
            }
        }
        return null;
    }
}
