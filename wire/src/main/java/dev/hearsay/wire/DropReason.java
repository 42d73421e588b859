package dev.hearsay.wire;

/** Why bytes from the network, or a part of them, were dropped. */
public enum DropReason {
    /** No bytes at all where a message should be. */
    EMPTY,
    /** The bytes end inside a message. */
    TRUNCATED,
    /** Not the msgpack that was expected, or a value out of its range. */
    MALFORMED,
    /** A length or a count is above its bound in {@link Limits}. */
    TOO_LONG,
    /** A message kind that no release of memberlist has. */
    UNKNOWN_KIND,
    /** A known message kind that does not belong where it stands, such as a push/pull in a packet. */
    MISPLACED_KIND,
    /**
     * A checksum inside another layer, compression inside compression, or compounds nested deeper than
     * {@link Limits#COMPOUND_DEPTH}.
     */
    NESTED,
    /** The checksum does not match: the packet was damaged on its way. */
    CHECKSUM,
    /** A compound announced more than its packet holds. The parts that were there are not lost. */
    COMPOUND_CUT,
    /** One record of a push/pull is impossible. The others are not lost. */
    BAD_RECORD,
    /** The part of a push/pull that belongs to the layer above is not Serf's, or not readable. The members are not lost. */
    UNKNOWN_STATE,
    /**
     * Something behind the tags in a member's metadata that is not understood: a record of a later version, or the trailer
     * of another program. The tags and the other records are not lost.
     */
    UNKNOWN_TRAILER,
    /** Compressed with another algorithm than memberlist's LZW. */
    UNKNOWN_COMPRESSION,
    /** Compressed bytes expand to more than {@link Limits} allows. */
    BOMB,
    /** The sender encrypts, and there is no keyring here. */
    ENCRYPTED,
    /** The sender does not encrypt, and it should. */
    NOT_ENCRYPTED,
    /** Encrypted with none of our keys, or under another label, or changed on the way. */
    NOT_DECRYPTED,
    /** The label is not ours, or missing, or there where none is expected: the sender belongs to another cluster. */
    WRONG_LABEL
}
