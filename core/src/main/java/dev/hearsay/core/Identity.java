package dev.hearsay.core;

/**
 * Who a node is.
 *
 * @param name unique in the cluster, 1 to {@value #MAX_NAME_BYTES} bytes of UTF-8
 * @param address what it tells others to reach it at
 * @param meta metadata for others, at most {@value #MAX_META_BYTES} bytes (memberlist {@code MetaMaxSize})
 * @param versions the protocol versions it announces
 * @param incarnation to start with, at least 1 and at most 2^31. A node that restarts should start higher than it ever
 *     was, or others ignore it until it has learned and outbid its former self; the seconds since some fixed date serve
 */
public record Identity(String name, Address address, Bytes meta, Versions versions, long incarnation) {
    /** Longest name in bytes of UTF-8; the same bound holds for the names we accept. */
    public static final int MAX_NAME_BYTES = 255;

    /** Longest metadata in bytes. */
    public static final int MAX_META_BYTES = 512;

    /**
     * Checks the rules above.
     *
     * @throws IllegalArgumentException naming the field, the value and the rule
     */
    public Identity {
        if (name.isEmpty() || name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException(
                    "name '" + name + "' must have 1 to " + MAX_NAME_BYTES + " bytes of UTF-8");
        }
        checkMeta(meta);
        if (!versions.plausible()) {
            throw new IllegalArgumentException("versions " + versions + " are out of order");
        }
        if (incarnation < 1 || incarnation > 1L << 31) {
            throw new IllegalArgumentException("incarnation " + incarnation + " is out of range: must be 1 to 2^31");
        }
    }

    static void checkMeta(Bytes meta) {
        if (meta.length() > MAX_META_BYTES) {
            throw new IllegalArgumentException(
                    "meta has " + meta.length() + " bytes: must be at most " + MAX_META_BYTES);
        }
    }
}
