package dev.hearsay.agent.rpc;

import static dev.hearsay.agent.rpc.RpcEncoder.map;

import dev.hearsay.api.QueryRequest;
import dev.hearsay.core.coordinate.Coordinate;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a running agent, Hearsay's or Serf's. One request at a time. After {@link #stream} or {@link #monitor} call only
 * these, {@link #respond} and {@link #next}, after {@link StateClient#watch} only {@link #next}, after {@link #query} only {@link #nextAnswer}, and after an exception
 * only {@link #close}. Not thread-safe, except that {@link #close} may be called from another thread.
 */
public final class RpcClient implements AutoCloseable {
    /** How long to wait for a connection. */
    public static final int CONNECT_MILLIS = 10_000;
    /** Longest reply accepted: the members of a cluster of a few hundred thousand. */
    private static final long MAX_REPLY_BYTES = 256L << 20;

    private final Socket socket;
    private final RpcDecoder decoder;
    private final Deque<RpcMap> early = new ArrayDeque<>();
    private long seq = 1;

    private RpcClient(Socket socket) throws IOException {
        this.socket = socket;
        this.decoder = new RpcDecoder(socket.getInputStream(), MAX_REPLY_BYTES);
    }

    /**
     * Connects, shakes hands and authenticates.
     *
     * @param authKey the agent's token; empty for none
     * @throws IOException if nobody answers there
     * @throws RpcException if the agent refuses us
     */
    public static RpcClient connect(InetSocketAddress at, String authKey) throws IOException, RpcException {
        Socket socket = new Socket();
        try {
            socket.connect(at, CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            RpcClient client = new RpcClient(socket);
            client.call(RpcCommand.HANDSHAKE, map("Version", RpcSession.VERSION));
            if (!authKey.isEmpty()) {
                client.call(RpcCommand.AUTH, map("AuthKey", authKey));
            }
            return client;
        } catch (IOException | RpcException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * The members that match, in the agent's order. Expressions are anchored; an empty one matches everything.
     *
     * @param tags expressions by tag
     */
    public List<WireMember> members(String name, String status, Map<String, String> tags)
            throws IOException, RpcException {
        RpcMap body = call(RpcCommand.MEMBERS_FILTERED, map("Name", name, "Status", status, "Tags", tags));
        List<WireMember> members = new ArrayList<>();
        for (RpcMap each : body.maps("Members")) {
            members.add(WireMember.read(each));
        }
        return members;
    }

    /** Has the agent join through the addresses; returns how many answered, at least one. */
    public int join(Collection<String> addresses, boolean replay) throws IOException, RpcException {
        return (int) call(RpcCommand.JOIN, map("Existing", addresses, "Replay", replay))
                .number("Num");
    }

    /** Has the agent leave and exit; returns when it has left. */
    public void leave() throws IOException, RpcException {
        call(RpcCommand.LEAVE, map());
    }

    /** Has a failed member regarded as left; with {@code prune}, forgotten at once. */
    public void forceLeave(String name, boolean prune) throws IOException, RpcException {
        call(RpcCommand.FORCE_LEAVE, map("Node", name, "Prune", prune));
    }

    /** The agent's figures: maps by section. */
    public RpcMap stats() throws IOException, RpcException {
        return call(RpcCommand.STATS, map());
    }

    /** Changes tags of the agent's member: first takes those away, then sets these. */
    public void tags(Map<String, String> set, Collection<String> delete) throws IOException, RpcException {
        call(RpcCommand.TAGS, map("DeleteTags", delete.isEmpty() ? null : delete, "Tags", set.isEmpty() ? null : set));
    }

    /** Fires a user event. */
    public void event(String name, byte[] payload, boolean coalesce) throws IOException, RpcException {
        call(
                RpcCommand.EVENT,
                map("Coalesce", coalesce, "Name", name, "Payload", payload.length == 0 ? null : payload));
    }

    /** Asks the cluster; returns when the query is on its way. Then read what comes with {@link #nextAnswer}. */
    public void query(QueryRequest query) throws IOException, RpcException {
        call(
                RpcCommand.QUERY,
                map(
                        "FilterNodes", query.nodes().isEmpty() ? null : query.nodes(),
                        "FilterTags", query.tags(),
                        "Name", query.name(),
                        "Payload", RpcEncoder.bytesOrNull(query.payload()),
                        "RelayFactor", query.relayFactor(),
                        "RequestAck", query.ack(),
                        "Timeout", query.timeout().toNanos()));
    }

    /**
     * What comes next of a query: a map with {@code Type}, which is {@code ack} or {@code response}, {@code From} and {@code
     * Payload}; null when the query is over. Blocks.
     *
     * @throws IOException if the connection ended
     */
    public @Nullable RpcMap nextAnswer() throws IOException, RpcException {
        RpcMap item = next();
        // An agent of Serf's whose query is just ending may say that nobody has answered nothing, again and again.
        while (item.text("From").isEmpty() && !item.text("Type").equals(RpcQuery.DONE_TYPE)) {
            item = next();
        }
        return item.text("Type").equals(RpcQuery.DONE_TYPE) ? null : item;
    }

    /**
     * Answers a query that a stream of this same connection showed under that {@code ID}. Items of streams that come before the
     * reply are kept for {@link #next}.
     */
    public void respond(long id, byte[] payload) throws IOException, RpcException {
        long wanted = send(RpcCommand.RESPOND, map("ID", id, "Payload", payload.length == 0 ? null : payload));
        while (!acknowledged(wanted)) {
            early.add(required());
        }
    }

    /** Has all members accept the key, which is Base64. */
    public KeyReply installKey(String key) throws IOException, RpcException {
        return keys(RpcCommand.INSTALL_KEY, map("Key", key));
    }

    /** Has all members encrypt with the key. */
    public KeyReply useKey(String key) throws IOException, RpcException {
        return keys(RpcCommand.USE_KEY, map("Key", key));
    }

    /** Has all members forget the key. */
    public KeyReply removeKey(String key) throws IOException, RpcException {
        return keys(RpcCommand.REMOVE_KEY, map("Key", key));
    }

    /** Asks all members which keys they have. */
    public KeyReply listKeys() throws IOException, RpcException {
        return keys(RpcCommand.LIST_KEYS, map());
    }

    /** The network coordinate of a member, if the agent has one. */
    public Optional<Coordinate> coordinate(String member) throws IOException, RpcException {
        RpcMap body = call(RpcCommand.GET_COORDINATE, map("Node", member));
        RpcMap at = body.map("Coord");
        return body.flag("Ok")
                ? Optional.of(Coordinate.of(
                        at.decimals("Vec"), at.decimal("Error"), at.decimal("Adjustment"), at.decimal("Height")))
                : Optional.empty();
    }

    /** Asks for the events of a filter, as {@code *}; read them with {@link #next}. */
    public void stream(String filter) throws IOException, RpcException {
        call(RpcCommand.STREAM, map("Type", filter));
    }

    /** Asks for the log lines of a level and above, the remembered ones first; read them with {@link #next}. */
    public void monitor(String level) throws IOException, RpcException {
        long wanted = send(RpcCommand.MONITOR, map("LogLevel", level));
        // Items of a stream that was asked for before may come first. None is lost: they wait for next().
        while (!acknowledged(wanted)) {
            early.add(required());
        }
    }

    /**
     * The next item of a stream or monitor, or the next part of a list; blocks.
     *
     * @throws IOException if the connection ended
     */
    public RpcMap next() throws IOException, RpcException {
        if (!early.isEmpty()) {
            return early.removeFirst();
        }
        refuseError(required());
        return required();
    }

    /** What this agent knows of the cluster's shared state, and how to change it; Serf's agents hang up. */
    public StateClient state() {
        return new StateClient(this);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // The connection is of no use any more, whatever the reason.
        }
    }

    /** Unlike others, these commands have something to tell even when they fail. */
    private KeyReply keys(RpcCommand command, Map<String, @Nullable Object> body) throws IOException, RpcException {
        long wanted = send(command, body);
        RpcMap header = answer(wanted);
        String error = header.text("Error");
        if (error.startsWith("Authentication") || error.startsWith("Malformed")) {
            // An error of the session, not of the command: it comes without a body.
            return new KeyReply(error, Map.of(), Map.of(), 0);
        }
        RpcMap reply = required();
        Map<String, Long> counts = new LinkedHashMap<>();
        RpcMap keys = reply.map("Keys");
        keys.names().forEach(key -> counts.put(key, keys.number(key)));
        return new KeyReply(header.text("Error"), reply.map("Messages").asTexts(), counts, reply.number("NumNodes"));
    }

    /** Sends a request and reads the reply: its body, or an empty map. */
    RpcMap call(RpcCommand command, Map<String, @Nullable Object> body) throws IOException, RpcException {
        long wanted = send(command, body);
        RpcMap header = answer(wanted);
        // An error may be followed by a body or not; nothing is read after one, so it does not matter.
        refuseError(header);
        return command.hasReplyBody() ? required() : new RpcMap(Map.of());
    }

    private RpcMap answer(long wanted) throws IOException {
        RpcMap header = required();
        if (header.number("Seq") != wanted && !header.text("Error").startsWith("Malformed")) {
            throw new IOException("reply " + header.number("Seq") + " to request " + wanted);
        }
        return header;
    }

    /** Reads a header; returns whether it answers that request, else it belongs to an item whose body comes next. */
    private boolean acknowledged(long wanted) throws IOException, RpcException {
        RpcMap header = required();
        refuseError(header);
        return header.number("Seq") == wanted;
    }

    private long send(RpcCommand command, Map<String, @Nullable Object> body) throws IOException {
        long number = seq++;
        Map<String, @Nullable Object> header = map("Command", command.wireName(), "Seq", number);
        socket.getOutputStream()
                .write(command.hasRequestBody() ? RpcEncoder.encode(header, body) : RpcEncoder.encode(header));
        return number;
    }

    private RpcMap required() throws IOException {
        RpcMap map = decoder.next();
        if (map == null) {
            throw new EOFException("the agent closed the connection");
        }
        return map;
    }

    private static void refuseError(RpcMap header) throws RpcException {
        if (!header.text("Error").isEmpty()) {
            throw new RpcException(header.text("Error"));
        }
    }
}
