package dev.hearsay.agent.rpc;

import static dev.hearsay.agent.rpc.RpcEncoder.map;

import dev.hearsay.core.state.StateConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: reads a request, has it carried out, answers, and so on until the client goes, speaks nonsense or
 * breaks the order (handshake first, then authentication if a token is set).
 *
 * <p>{@link #run} belongs to one thread. Replies come from that thread and from the pumps of the client's streams, one
 * whole message at a time.
 */
final class RpcSession {
    /** Longest request: room for the longest value of shared state, and what is said about it. */
    static final int MAX_REQUEST_BYTES = StateConfig.MOST_VALUE_BYTES + (1 << 16);
    /** The one version of the protocol that there is. */
    static final int VERSION = 1;

    /** How long a client may take to shake hands: a silent one must not hold a place for ever. */
    static final int HANDSHAKE_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(RpcSession.class);

    private final Socket socket;
    private final RpcServer.Context context;
    private final RpcSubscriptions subscriptions;
    private final RpcActions actions;
    private boolean greeted;
    private boolean trusted;

    RpcSession(Socket socket, RpcServer.Context context) {
        this.socket = socket;
        this.context = context;
        this.trusted = context.authKey().isEmpty();
        this.subscriptions = new RpcSubscriptions(context, this::reply);
        this.actions = new RpcActions(context);
    }

    /** Serves the client until the connection ends; throws nothing. */
    void run() {
        try {
            socket.setSoTimeout(HANDSHAKE_MILLIS);
            RpcDecoder decoder = new RpcDecoder(socket.getInputStream(), MAX_REQUEST_BYTES);
            boolean more = true;
            while (more) {
                RpcMap header = decoder.next();
                more = header != null && serve(header, decoder);
            }
        } catch (RpcDecoder.MalformedException e) {
            context.figures().malformed.incrementAndGet();
            LOG.warn("Closed client {}: malformed request: {}", socket.getRemoteSocketAddress(), e.getMessage());
            sayMalformed(e);
        } catch (IOException e) {
            LOG.debug("Client {} is gone: {}", socket.getRemoteSocketAddress(), e.getMessage());
        } finally {
            subscriptions.close();
            close();
        }
    }

    /** Ends the connection, from any thread. */
    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a client's connection", e);
        }
    }

    /** Carries out one request; returns whether the connection goes on. */
    private boolean serve(RpcMap header, RpcDecoder decoder) throws IOException {
        context.figures().requests.incrementAndGet();
        String name = header.text("Command");
        long seq = header.number("Seq");
        RpcCommand command = RpcCommand.find(name);
        if (command != RpcCommand.HANDSHAKE && !greeted) {
            reply(seq, "Handshake required", null);
            return false;
        }
        if (command == null) {
            LOG.warn("Closed client {}: unsupported command '{}'", socket.getRemoteSocketAddress(), name);
            reply(seq, "Unsupported command", null);
            return false;
        }
        RpcMap body = command.hasRequestBody() ? decoder.next() : new RpcMap(Map.of());
        if (body == null) {
            return false;
        }
        if (!trusted && command != RpcCommand.HANDSHAKE && command != RpcCommand.AUTH) {
            // No body here, whatever the command: Serf's client expects none after this error, and only after this one.
            reply(seq, "Authentication required", null);
            return true;
        }
        try {
            carryOut(command, seq, body);
        } catch (RpcException e) {
            reply(seq, String.valueOf(e.getMessage()), command.errorBody());
        } catch (RuntimeException e) {
            // A mistake of ours, or the node has stopped: this client hears of it, and others are not concerned.
            LOG.error("command '{}' failed", name, e);
            reply(seq, "The agent failed: " + RpcActions.reason(e), command.errorBody());
        }
        return true;
    }

    private void carryOut(RpcCommand command, long seq, RpcMap body) throws RpcException, IOException {
        switch (command) {
            case HANDSHAKE -> {
                greet(body);
                reply(seq, "", null);
            }
            case AUTH -> {
                authenticate(body);
                reply(seq, "", null);
            }
            case STREAM -> begin(subscriptions.stream(seq, body), seq);
            case MONITOR -> begin(subscriptions.monitor(seq, body), seq);
            case STATE_LIST -> context.state().list(new StateRequest(body), part -> reply(seq, "", part));
            case STATE_WATCH -> begin(subscriptions.watchState(seq, body), seq);
            case STOP -> {
                subscriptions.stop(body.number("Stop"));
                reply(seq, "", null);
            }
            case LEAVE -> {
                actions.leave();
                reply(seq, "", null);
                context.host().exit();
            }
            case QUERY -> subscriptions.query(seq, RpcActions.question(body));
            case RESPOND -> {
                RpcActions.respond(subscriptions.pending(body.number("ID")), body.bytes("Payload"));
                reply(seq, "", null);
            }
            default -> {
                RpcActions.Result result = actions.perform(command, body);
                reply(seq, result.error(), command.hasReplyBody() ? result.body() : null);
            }
        }
    }

    /** The reply goes out before the first item does, and nothing is missed in between. */
    private void begin(RpcPump pump, long seq) throws IOException {
        reply(seq, "", null);
        pump.start();
    }

    private void greet(RpcMap body) throws RpcException, IOException {
        long version = body.number("Version");
        if (version != VERSION) {
            throw new RpcException("Unsupported IPC version");
        }
        if (greeted) {
            throw new RpcException("Handshake already performed");
        }
        greeted = true;
        socket.setSoTimeout(0);
    }

    private void authenticate(RpcMap body) throws RpcException {
        byte[] given = body.bytes("AuthKey");
        byte[] wanted = context.authKey().getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, wanted)) {
            throw new RpcException("Invalid authentication token");
        }
        trusted = true;
    }

    private void reply(long seq, String error, @Nullable Map<String, @Nullable Object> body) throws IOException {
        Map<String, @Nullable Object> header = map("Error", error, "Seq", seq);
        byte[] bytes = body == null ? RpcEncoder.encode(header) : RpcEncoder.encode(header, body);
        OutputStream out = socket.getOutputStream();
        synchronized (out) {
            out.write(bytes);
            out.flush();
        }
    }

    /** Tells the client why, if it still listens. */
    private void sayMalformed(RpcDecoder.MalformedException why) {
        try {
            reply(0, "Malformed request: " + why.getMessage(), null);
        } catch (IOException e) {
            LOG.debug("the client did not wait for the reason", e);
        }
    }

    /** Sends a header and a body as one. */
    interface Sender {
        void send(long seq, String error, @Nullable Map<String, @Nullable Object> body) throws IOException;
    }
}
