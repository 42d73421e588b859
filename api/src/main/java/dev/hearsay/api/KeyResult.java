package dev.hearsay.api;

import java.util.Map;

/**
 * What the members said to a change of keys, or which they have.
 *
 * @param members how many live members were asked
 * @param answered how many of them answered in time
 * @param errors how many of these could not do it
 * @param messages what members said, by name, errors above all; ordered by name, immutable
 * @param keys how many members have each key, by its base64; empty but for a list; immutable
 * @param primaryKeys how many members encrypt with each key, likewise
 */
public record KeyResult(
        int members,
        int answered,
        int errors,
        Map<String, String> messages,
        Map<String, Integer> keys,
        Map<String, Integer> primaryKeys) {
    /** Whether all members answered, and none with an error. */
    public boolean successful() {
        return answered == members && errors == 0;
    }

    /** Why not, in Serf's words; empty if successful. */
    public String error() {
        if (errors > 0) {
            return errors + "/" + members + " nodes reported failure";
        }
        return answered == members ? "" : answered + "/" + members + " nodes reported success";
    }
}
