package dev.hearsay.wire;

/**
 * Every key of the maps that memberlist and Serf send, the names of Go's struct fields, exactly; and of our own frames. Listed
 * in ascending order of their bytes, which is the order they are sent in.
 */
enum Field {
    ADDR("Addr"),
    ADJUSTMENT("Adjustment"),
    ALGORITHM("Algo"),
    BUFFER("Buf"),
    COALESCE("CC"),
    DELEGATE_CUR("DelegateCur"),
    DELEGATE_MAX("DelegateMax"),
    DELEGATE_MIN("DelegateMin"),
    DEST_ADDR("DestAddr"),
    DEST_NAME("DestName"),
    ERROR("Error"),
    EVENT_TIME("EventLTime"),
    EVENTS("Events"),
    EXPRESSION("Expr"),
    FILTERS("Filters"),
    FLAGS("Flags"),
    FROM("From"),
    HEIGHT("Height"),
    ID("ID"),
    IP("IP"),
    INCARNATION("Incarnation"),
    JOIN("Join"),
    KEY("Key"),
    KEYS("Keys"),
    TIME("LTime"),
    LEFT_MEMBERS("LeftMembers"),
    MESSAGE("Message"),
    META("Meta"),
    NACK("Nack"),
    NAME("Name"),
    NODE("Node"),
    NODES("Nodes"),
    PARTS("Parts"),
    PAYLOAD("Payload"),
    PORT("Port"),
    PRIMARY_KEY("PrimaryKey"),
    PROTOCOL_CUR("ProtocolCur"),
    PROTOCOL_MAX("ProtocolMax"),
    PROTOCOL_MIN("ProtocolMin"),
    PRUNE("Prune"),
    QUERY_TIME("QueryLTime"),
    RELAY_FACTOR("RelayFactor"),
    RESULT("Result"),
    SEQUENCE("SeqNo"),
    SOURCE_ADDR("SourceAddr"),
    SOURCE_NODE("SourceNode"),
    SOURCE_PORT("SourcePort"),
    STATE("State"),
    STATUS("Status"),
    STATUS_TIMES("StatusLTimes"),
    SUM("Sum"),
    TAG("Tag"),
    TAGS("Tags"),
    TARGET("Target"),
    TIMEOUT("Timeout"),
    USER_MESSAGE_LENGTH("UserMsgLen"),
    USER_STATE_LENGTH("UserStateLen"),
    VECTOR("Vec"),
    VERSIONS("Vsn"),
    ZONE("Zone");

    /** The name: ASCII, shorter than 32 characters, so that its msgpack header is one byte. */
    private final String key;

    Field(String key) {
        this.key = key;
    }

    /** Bytes of the key on the wire, its header included. */
    int size() {
        return 1 + key.length();
    }

    /** Writes the key with its header and returns the position behind it. */
    int write(byte[] target, int from) {
        target[from] = (byte) (0xA0 | key.length());
        for (int i = 0; i < key.length(); i++) {
            target[from + 1 + i] = (byte) key.charAt(i);
        }
        return from + size();
    }

    /** Whether those bytes are this key, without its header. */
    boolean is(byte[] source, int from, int length) {
        if (length != key.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (source[from + i] != key.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The set of this field alone, of 64 at most; sets are joined with {@code |}. */
    long bit() {
        return 1L << ordinal();
    }

    /** The name as memberlist spells it. */
    @Override
    public String toString() {
        return key;
    }
}
