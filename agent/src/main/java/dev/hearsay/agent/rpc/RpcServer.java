package dev.hearsay.agent.rpc;

import dev.hearsay.agent.log.LogRing;
import dev.hearsay.api.Cluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers Serf's RPC protocol, and our own commands about shared state, for one node. A daemon thread accepts, and each client has a daemon thread of its own; at most
 * {@value #MAX_CLIENTS} clients at a time, a further one is closed at once and counted.
 */
public final class RpcServer implements AutoCloseable {
    /** Most clients at a time. */
    public static final int MAX_CLIENTS = 128;

    private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);

    private final ServerSocket listener;
    private final Set<RpcSession> sessions = ConcurrentHashMap.newKeySet();
    private final Context context;

    private RpcServer(ServerSocket listener, Context context) {
        this.listener = listener;
        this.context = context;
    }

    /**
     * What the sessions share.
     *
     * @param cluster the node they ask and command
     * @param log the lines that {@code monitor} shows
     * @param authKey the token that clients must present; empty for none
     * @param host the agent
     * @param figures what is counted
     * @param state the commands about shared state
     */
    record Context(Cluster cluster, LogRing log, String authKey, Host host, Figures figures, RpcState state) {}

    /** What the agent does for the server. Any thread. */
    @FunctionalInterface
    public interface Host {
        /** Ends the process: called after a {@code leave} command was carried out and answered. */
        void exit();

        /** What the agent itself counted, by name, as {@code info} shows it. */
        default Map<String, String> figures() {
            return Map.of();
        }

        /** The scripts that handle events, by filter, as {@code info} shows them. */
        default Map<String, String> eventHandlers() {
            return Map.of();
        }
    }

    /** What a server counts, shared by its sessions. */
    static final class Figures {
        final AtomicLong accepted = new AtomicLong();
        final AtomicLong refused = new AtomicLong();
        final AtomicLong malformed = new AtomicLong();
        final AtomicLong dropped = new AtomicLong();
        final AtomicLong requests = new AtomicLong();
        /** Requests about shared state that broke a rule. */
        final AtomicLong stateRefused = new AtomicLong();

        Map<String, String> show() {
            Map<String, String> shown = new TreeMap<>();
            shown.put("rpc_accepted", accepted.toString());
            shown.put("rpc_events_dropped", dropped.toString());
            shown.put("rpc_malformed", malformed.toString());
            shown.put("rpc_refused", refused.toString());
            shown.put("rpc_requests", requests.toString());
            shown.put("rpc_state_refused", stateRefused.toString());
            return shown;
        }
    }

    /**
     * Starts to listen.
     *
     * @param at where; port 0 takes a free one, see {@link #address}
     * @param authKey the token that clients must present; empty for none
     * @param host the agent
     * @throws IOException if the address cannot be bound
     */
    public static RpcServer start(InetSocketAddress at, Cluster cluster, LogRing log, String authKey, Host host)
            throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(at, MAX_CLIENTS);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        Figures figures = new Figures();
        RpcState state = new RpcState(cluster, figures);
        RpcServer server = new RpcServer(listener, new Context(cluster, log, authKey, host, figures, state));
        Thread acceptor = new Thread(server::accept, "rpc-accept");
        acceptor.setDaemon(true);
        acceptor.start();
        return server;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** What it counted, by name, as {@code info} shows it. */
    public Map<String, String> figures() {
        return context.figures().show();
    }

    /** Stops listening and closes every client's connection. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.debug("closing the RPC listener", e);
        }
        sessions.forEach(RpcSession::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                serve(listener.accept());
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.error("Failed to accept client: {}", e.getMessage());
                    pauseAfterFailure();
                }
            }
        }
    }

    /** Out of file descriptors, for one: trying again at once would only burn a core. */
    private static void pauseAfterFailure() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Socket socket) throws IOException {
        if (sessions.size() >= MAX_CLIENTS) {
            context.figures().refused.incrementAndGet();
            LOG.warn("Refused client {}: {} are connected already", peer(socket), MAX_CLIENTS);
            socket.close();
            return;
        }
        context.figures().accepted.incrementAndGet();
        LOG.debug("Accepted client: {}", peer(socket));
        socket.setTcpNoDelay(true);
        RpcSession session = new RpcSession(socket, context);
        sessions.add(session);
        Thread thread = new Thread(
                () -> {
                    try {
                        session.run();
                    } finally {
                        sessions.remove(session);
                    }
                },
                "rpc-client-" + peer(socket));
        thread.setDaemon(true);
        thread.start();
    }

    private static String peer(Socket socket) {
        return socket.getInetAddress().getHostAddress() + ":" + socket.getPort();
    }
}
