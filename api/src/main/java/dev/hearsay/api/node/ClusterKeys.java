package dev.hearsay.api.node;

import dev.hearsay.api.IncomingQuery;
import dev.hearsay.api.KeyResult;
import dev.hearsay.api.KeyringStore;
import dev.hearsay.api.Keys;
import dev.hearsay.api.QueryListener;
import dev.hearsay.api.QueryResult;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.query.Question;
import dev.hearsay.core.query.Replies;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.KeyMessages;
import dev.hearsay.wire.Keyring;
import dev.hearsay.wire.WireException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serf's key manager, both sides: asks all members to change their keys, and changes this node's when asked. Requests are
 * carried out one at a time, in order, on the executor, because keeping the keys may take its time.
 */
final class ClusterKeys implements Keys {
    private static final Logger log = LoggerFactory.getLogger(ClusterKeys.class);

    private static final String INSTALL = Replies.INTERNAL + "install-key";
    private static final String USE = Replies.INTERNAL + "use-key";
    private static final String REMOVE = Replies.INTERNAL + "remove-key";
    private static final String LIST = Replies.INTERNAL + "list-keys";

    /** What of the limit for answers is not for keys: the frame of the answer, with a long name. */
    private static final int FRAME_BYTES = 320;

    private static final String NO_KEYS = "Keyring is empty (encryption not enabled)";

    private static final String NO_KEYRING = "No keyring to modify (encryption not enabled)";

    private final NodeCluster<?> cluster;
    private final NodeLoop driver;
    private final @Nullable KeyringStore store;
    private final int answerBytes;
    private final ListenerQueue<IncomingQuery> requests;

    ClusterKeys(NodeCluster<?> cluster, NodeLoop driver, NodeSetup setup) {
        this.cluster = cluster;
        this.driver = driver;
        this.store = setup.keyringStore();
        this.answerBytes = setup.serf().answerBytes();
        this.requests = new ListenerQueue<>(
                this::carryOut, any -> 1, Replies.MAX_WAITING, cluster.callbacks(), cluster.listenerDropped, () -> {});
    }

    @Override
    public CompletableFuture<KeyResult> install(GossipKey key) {
        return ask(INSTALL, KeyMessages.request(key));
    }

    @Override
    public CompletableFuture<KeyResult> use(GossipKey key) {
        return ask(USE, KeyMessages.request(key));
    }

    @Override
    public CompletableFuture<KeyResult> remove(GossipKey key) {
        return ask(REMOVE, KeyMessages.request(key));
    }

    @Override
    public CompletableFuture<KeyResult> list() {
        return ask(LIST, KeyMessages.listRequest());
    }

    private CompletableFuture<KeyResult> ask(String name, Bytes payload) {
        int members = driver.snapshot().live();
        return cluster.serf()
                .ask(new Question(name, payload, List.of(), false, 0, 0), QueryListener.SILENT)
                .thenApply(result -> sumUp(members, result));
    }

    private static KeyResult sumUp(int members, QueryResult result) {
        int errors = 0;
        Map<String, String> messages = new TreeMap<>();
        Map<String, Integer> keys = new TreeMap<>();
        Map<String, Integer> primaryKeys = new TreeMap<>();
        for (Map.Entry<String, Bytes> said : result.answers().entrySet()) {
            try {
                KeyMessages.Answer answer = KeyMessages.readAnswer(said.getValue());
                errors += answer.result() ? 0 : 1;
                if (!answer.result() || !answer.message().isEmpty()) {
                    messages.put(said.getKey(), answer.message());
                }
                answer.keys().forEach(key -> keys.merge(key, 1, Integer::sum));
                if (!answer.primaryKey().isEmpty()) {
                    primaryKeys.merge(answer.primaryKey(), 1, Integer::sum);
                }
            } catch (WireException e) {
                errors++;
                messages.put(said.getKey(), "Invalid key query response: " + e.getMessage());
            }
        }
        return new KeyResult(
                members,
                result.answers().size(),
                errors,
                Collections.unmodifiableMap(messages),
                Collections.unmodifiableMap(keys),
                Collections.unmodifiableMap(primaryKeys));
    }

    /** Somebody, perhaps this node, asks about keys; any thread. */
    void offer(IncomingQuery query) {
        requests.offer(query);
    }

    private void carryOut(IncomingQuery query) {
        KeyMessages.Answer answer;
        try {
            answer = answer(query);
        } catch (WireException | IllegalArgumentException | IOException e) {
            log.warn("node '{}' could not do what {} wants: {}", cluster.name(), query, e.getMessage());
            answer = failed(String.valueOf(e.getMessage()));
        }
        var unused = query.respond(KeyMessages.answer(answer).toArray()).whenComplete((done, failure) -> {
            if (failure != null) {
                log.warn("node '{}' did not answer {}: {}", cluster.name(), query, failure.getMessage());
            }
        });
    }

    private KeyMessages.Answer answer(IncomingQuery query) throws WireException, IOException {
        Keyring keyring = driver.wire().keyring();
        if (keyring == null) {
            return failed(query.name().equals(LIST) ? NO_KEYS : NO_KEYRING);
        }
        switch (query.name()) {
            case INSTALL -> {
                GossipKey key = KeyMessages.readRequest(query.payload());
                change(ring -> ring.install(key));
            }
            case USE -> {
                GossipKey key = KeyMessages.readRequest(query.payload());
                change(ring -> ring.use(key));
            }
            case REMOVE -> {
                GossipKey key = KeyMessages.readRequest(query.payload());
                change(ring -> ring.remove(key));
            }
            case LIST -> {
                return list(keyring);
            }
            default -> {
                return failed("Unknown query '" + query.name() + "'");
            }
        }
        log.info("node '{}' has done what {} wants", cluster.name(), query);
        return new KeyMessages.Answer(List.of(), "", "", true);
    }

    private void change(UnaryOperator<Keyring> step) throws IOException {
        Keyring[] changed = new Keyring[1];
        driver.wire(wire -> {
            Keyring before = wire.keyring();
            if (before == null) {
                throw new IllegalArgumentException(NO_KEYRING);
            }
            changed[0] = step.apply(before);
            return wire.toBuilder().keyring(changed[0]).build();
        });
        if (store != null) {
            store.save(changed[0]);
        }
    }

    /** As many keys as fit into an answer, as Serf does it. */
    private KeyMessages.Answer list(Keyring keyring) {
        List<String> keys = new ArrayList<>();
        for (GossipKey key : keyring.keys()) {
            keys.add(key.toBase64());
        }
        String primary = keyring.primary().toBase64();
        for (int shown = keys.size(); ; shown--) {
            String message = shown == keys.size()
                    ? ""
                    : "truncated key list response, showing first " + shown + " of " + keys.size() + " keys";
            KeyMessages.Answer answer = new KeyMessages.Answer(keys.subList(0, shown), message, primary, true);
            if (shown == 0 || KeyMessages.answer(answer).length() <= answerBytes - FRAME_BYTES) {
                return answer;
            }
        }
    }

    private static KeyMessages.Answer failed(String message) {
        return new KeyMessages.Answer(List.of(), message, "", false);
    }
}
