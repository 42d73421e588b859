package dev.hearsay.wire;

/**
 * Every key of the maps that memberlist and Serf send: the names of Go's struct fields, exactly. Listed in ascending
 * order of their bytes, which is the order they are sent in.
 */
enum Field {
    ADDR("Addr"),
    ERROR("Error"),
    EVENT_TIME("EventLTime"),
    EVENTS("Events"),
    FROM("From"),
    INCARNATION("Incarnation"),
    JOIN("Join"),
    TIME("LTime"),
    LEFT_MEMBERS("LeftMembers"),
    META("Meta"),
    NACK("Nack"),
    NAME("Name"),
    NODE("Node"),
    NODES("Nodes"),
    PAYLOAD("Payload"),
    PORT("Port"),
    PRUNE("Prune"),
    QUERY_TIME("QueryLTime"),
    SEQUENCE("SeqNo"),
    SOURCE_ADDR("SourceAddr"),
    SOURCE_NODE("SourceNode"),
    SOURCE_PORT("SourcePort"),
    STATE("State"),
    STATUS_TIMES("StatusLTimes"),
    TARGET("Target"),
    USER_STATE_LENGTH("UserStateLen"),
    VERSIONS("Vsn");

    /** The name as it stands on the wire: a msgpack header of one byte, then ASCII. */
    final byte[] encoded;

    private final String key;

    Field(String key) {
        this.key = key;
        encoded = new byte[key.length() + 1];
        encoded[0] = (byte) (0xA0 | key.length());
        for (int i = 0; i < key.length(); i++) {
            encoded[i + 1] = (byte) key.charAt(i);
        }
    }

    /** Bytes of the key on the wire, its header included. */
    int size() {
        return encoded.length;
    }

    /** The set of this field alone; sets are joined with {@code |}. */
    long bit() {
        return 1L << ordinal();
    }

    /** The name as memberlist spells it. */
    @Override
    public String toString() {
        return key;
    }
}
