package dev.hearsay.net;

import dev.hearsay.api.Delegate;
import dev.hearsay.api.MemberlistCluster;
import dev.hearsay.api.node.Endpoints;
import dev.hearsay.api.node.ListenerQueue;
import dev.hearsay.api.node.NodeLoop;
import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import dev.hearsay.core.Identity;
import dev.hearsay.wire.Limits;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A node over real sockets in a cluster of programs on bare memberlist: what it can do besides {@link NetCluster}. */
@SuppressWarnings("FutureReturnValueIgnored") // The second future of a whenComplete is of no use to anybody.
public final class NetMemberlist extends NetCluster implements MemberlistCluster {
    private static final int EVENT_BYTES = 64;

    /** Messages on their way over streams, by number; on the loop. */
    private final Map<Long, CompletableFuture<Void>> sending = new HashMap<>();

    private long lastSending;
    private final ListenerQueue<Event> heard;

    private NetMemberlist(NodeSettings settings, HearsayRuntime runtime, HearsayRuntime.Lane lane, Sockets sockets) {
        super(settings, runtime, lane, sockets);
        Delegate delegate = Objects.requireNonNull(settings.delegate(), "delegate");
        heard = new ListenerQueue<>(
                event -> tell(delegate, event),
                NetMemberlist::weight,
                Delegate.MAX_PENDING_BYTES,
                callbacks(),
                listenerDropped,
                () -> {});
    }

    /**
     * Starts a node; blocks until its ports are bound.
     *
     * @throws dev.hearsay.HearsayException if an address cannot be resolved or bound
     * @throws IllegalArgumentException if a setting breaks its rule; the message names setting, value and rule
     */
    public static NetMemberlist start(NodeSettings settings) {
        return start(settings, NetMemberlist::new);
    }

    @Override
    public CompletableFuture<Void> broadcast(byte[] content) {
        Bytes bytes = Bytes.of(content);
        return inPacket(bytes, (node, now, out) -> node.broadcast(null, bytes, now, out));
    }

    @Override
    public CompletableFuture<Void> broadcast(String key, byte[] content) {
        Bytes bytes = Bytes.of(content);
        return inPacket(bytes, (node, now, out) -> node.broadcast(key, bytes, now, out));
    }

    @Override
    public CompletableFuture<Void> send(String member, byte[] content) {
        Address to = addressOf(member);
        if (to == null) {
            return CompletableFuture.failedFuture(unknown(member));
        }
        Bytes bytes = Bytes.of(content);
        return inPacket(bytes, (node, now, out) -> node.sendUser(to, bytes, now, out));
    }

    @Override
    public CompletableFuture<Void> sendReliably(String member, byte[] content) {
        Address to = addressOf(member);
        if (to == null) {
            return CompletableFuture.failedFuture(unknown(member));
        }
        if (content.length > Limits.USER_MESSAGE_BYTES) {
            return CompletableFuture.failedFuture(tooLong(content.length, Limits.USER_MESSAGE_BYTES));
        }
        Bytes bytes = Bytes.of(content);
        CompletableFuture<Void> result = promise();
        command(() -> {
            long number = ++lastSending;
            sending.put(number, result);
            driver.turn((node, now, out) -> node.sendUserReliably(number, to, bytes, now, out));
        });
        return result;
    }

    @Override
    public CompletableFuture<Void> meta(Bytes meta) {
        if (meta.length() > Identity.MAX_META_BYTES) {
            throw new IllegalArgumentException(
                    "meta has " + meta.length() + " bytes: must be at most " + Identity.MAX_META_BYTES);
        }
        return updateMeta(meta);
    }

    @Override
    public CompletableFuture<Void> tags(Map<String, String> tags) {
        return MemberlistCluster.super.tags(tags);
    }

    @Override
    protected void onUpper(Event event) {
        if (event instanceof Event.UserMessage || event instanceof Event.RemoteState) {
            heard.offer(event);
        } else if (event instanceof Event.UserMessageSent sent) {
            CompletableFuture<Void> result = sending.remove(sent.number());
            if (result != null) {
                complete(result, null);
            }
        } else if (event instanceof Event.UserMessageFailed failed) {
            CompletableFuture<Void> result = sending.remove(failed.number());
            if (result != null) {
                String detail = failed.detail().isEmpty() ? "" : ": " + failed.detail();
                onExecutor(() -> result.completeExceptionally(
                        new SendException(failed.failure().text() + detail)));
            }
        }
    }

    private void tell(Delegate delegate, Event event) {
        if (event instanceof Event.UserMessage message) {
            delegate.onMessage(this, message.content().toArray());
        } else if (event instanceof Event.RemoteState state) {
            delegate.onRemoteState(this, state.content().toArray(), state.join());
        }
    }

    /** An event of no content weighs something, too. */
    private static long weight(Event event) {
        long content = event instanceof Event.UserMessage message
                ? message.content().length()
                : event instanceof Event.RemoteState state ? state.content().length() : 0;
        return EVENT_BYTES + content;
    }

    /** Has the node send something that must fit into a packet. How long that may be is known on the loop. */
    private CompletableFuture<Void> inPacket(Bytes content, NodeLoop.Input send) {
        CompletableFuture<Void> result = promise();
        command(() -> driver.turn((node, now, out) -> {
            int most = node.maxUserMessage();
            if (content.length() > most) {
                onExecutor(() -> result.completeExceptionally(tooLong(content.length(), most)));
            } else {
                send.apply(node, now, out);
                complete(result, null);
            }
        }));
        return result;
    }

    private @Nullable Address addressOf(String member) {
        return member(member).map(known -> Endpoints.toAddress(known.address())).orElse(null);
    }

    private static IllegalArgumentException unknown(String member) {
        return new IllegalArgumentException("no member is named '" + member + "'");
    }

    private static IllegalArgumentException tooLong(int bytes, int most) {
        return new IllegalArgumentException("message has " + bytes + " bytes: must be at most " + most
                + (most < Limits.USER_MESSAGE_BYTES ? " to fit into a packet; longer ones go with sendReliably" : ""));
    }
}
