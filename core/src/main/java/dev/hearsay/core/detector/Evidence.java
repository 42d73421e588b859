package dev.hearsay.core.detector;

/** How a probe failed, and so how much its failure says. It stays with this node: memberlist's {@code suspect} has no room. */
enum Evidence {
    /** Nothing came back. The member may be gone, or paused, or cut off, or this node may be. */
    SILENCE,
    /**
     * The member's machine answered, and said that the process is gone: it refused the stream, or closed it twice without an
     * answer. Only the machine itself can say that, however slow or deaf this node may be.
     */
    REFUSED
}
