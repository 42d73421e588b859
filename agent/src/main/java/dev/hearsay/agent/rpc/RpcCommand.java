package dev.hearsay.agent.rpc;

import static dev.hearsay.agent.rpc.RpcEncoder.map;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The commands of Serf's RPC, and behind them our own about shared state: their names, whether a request carries a body, and the body that goes with an error. Serf's
 * client reads a body after every reply to a command that has one, even a reply that reports an error; without it the
 * client would take the next reply for the body.
 */
enum RpcCommand {
    HANDSHAKE("handshake", true, false),
    AUTH("auth", true, false),
    MEMBERS("members", false, true),
    MEMBERS_FILTERED("members-filtered", true, true),
    JOIN("join", true, true),
    LEAVE("leave", false, false),
    FORCE_LEAVE("force-leave", true, false),
    STATS("stats", false, true),
    STREAM("stream", true, false),
    MONITOR("monitor", true, false),
    STOP("stop", true, false),
    TAGS("tags", true, false),
    EVENT("event", true, false),
    QUERY("query", true, false),
    RESPOND("respond", true, false),
    INSTALL_KEY("install-key", true, true),
    USE_KEY("use-key", true, true),
    REMOVE_KEY("remove-key", true, true),
    LIST_KEYS("list-keys", false, true),
    GET_COORDINATE("get-coordinate", true, true),
    STATE_GET("state-get", true, true),
    STATE_LIST("state-list", true, true),
    STATE_WRITE("state-write", true, true),
    STATE_WATCH("state-watch", true, false);

    private static final Map<String, RpcCommand> BY_NAME = new HashMap<>();

    static {
        for (RpcCommand command : values()) {
            BY_NAME.put(command.wireName, command);
        }
    }

    private final String wireName;
    private final boolean requestBody;
    private final boolean replyBody;

    RpcCommand(String wireName, boolean requestBody, boolean replyBody) {
        this.wireName = wireName;
        this.requestBody = requestBody;
        this.replyBody = replyBody;
    }

    /** The command of that name, or null. */
    static @Nullable RpcCommand find(String name) {
        return BY_NAME.get(name);
    }

    /** The name on the wire. */
    String wireName() {
        return wireName;
    }

    /** Whether a second map follows the request's header. */
    boolean hasRequestBody() {
        return requestBody;
    }

    /** Whether a reply carries a body. */
    boolean hasReplyBody() {
        return replyBody;
    }

    /** What follows the header of an error reply, or null if nothing does. */
    @Nullable Map<String, @Nullable Object> errorBody() {
        return switch (this) {
            case MEMBERS, MEMBERS_FILTERED -> map("Members", null);
            case JOIN -> map("Num", 0);
            case STATS -> map();
            case INSTALL_KEY, USE_KEY, REMOVE_KEY -> map("Messages", null, "NumErr", 0, "NumNodes", 0, "NumResp", 0);
            case LIST_KEYS -> map("Keys", null, "Messages", null, "NumErr", 0, "NumNodes", 0, "NumResp", 0);
            case GET_COORDINATE -> map("Coord", null, "Ok", false);
            default -> null;
        };
    }
}
