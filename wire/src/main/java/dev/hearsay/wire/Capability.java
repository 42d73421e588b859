package dev.hearsay.wire;

/**
 * What a member can do that a member of Serf or memberlist cannot. It says so in its metadata, behind its tags; see
 * {@link Trailer}. The order is that of the bits there: new ones are added at the end, and none is ever reused.
 */
public enum Capability {
    /**
     * It skips extension frames ({@link dev.hearsay.core.Message.Extension}) of versions and kinds it does not know: so they
     * may be sent to it.
     */
    EXTENSION_FRAMES("extension-frames");

    private final String text;

    Capability(String text) {
        this.text = text;
    }

    /** The word for it, in lower case. */
    public String text() {
        return text;
    }
}
