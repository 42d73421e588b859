package dev.hearsay.agent.rpc;

import static dev.hearsay.agent.rpc.RpcEncoder.map;

import dev.hearsay.api.KeyResult;
import dev.hearsay.api.Keys;
import dev.hearsay.wire.GossipKey;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out the commands that change the keys of the cluster. Any thread; a call blocks until all have answered. */
final class RpcKeys {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final Keys keys;

    RpcKeys(Keys keys) {
        this.keys = keys;
    }

    /**
     * Carries out a command. That members could not do it is an error with a body: it says which, and why.
     *
     * @throws RpcException if the key is none
     */
    RpcActions.Result perform(RpcCommand command, RpcMap body) throws RpcException {
        if (command == RpcCommand.LIST_KEYS) {
            KeyResult result = RpcActions.await(keys.list());
            Map<String, @Nullable Object> shown = map("Keys", result.keys());
            shown.putAll(counts(result));
            return new RpcActions.Result(result.error(), shown);
        }
        GossipKey key = decode(body.text("Key"));
        KeyResult result = RpcActions.await(
                switch (command) {
                    case INSTALL_KEY -> keys.install(key);
                    case USE_KEY -> keys.use(key);
                    case REMOVE_KEY -> keys.remove(key);
                    default -> throw new IllegalArgumentException("not a command about keys: " + command);
                });
        return new RpcActions.Result(result.error(), counts(result));
    }

    private static Map<String, @Nullable Object> counts(KeyResult result) {
        return map(
                "Messages", result.messages(),
                "NumErr", result.errors(),
                "NumNodes", result.members(),
                "NumResp", result.answered());
    }

    /** Reads a key; what is wrong is said in Go's words, and none of them repeats the key. */
    static GossipKey decode(String base64) throws RpcException {
        int wrong = firstWrong(base64);
        if (wrong >= 0) {
            throw new RpcException("illegal base64 data at input byte " + wrong);
        }
        try {
            return GossipKey.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new RpcException("key size must be 16, 24 or 32 bytes");
        }
    }

    /** Where Go's decoder stops: at the first character that cannot be there, or where an incomplete group begins; else -1. */
    private static int firstWrong(String base64) {
        int data = 0;
        while (data < base64.length() && ALPHABET.indexOf(base64.charAt(data)) >= 0) {
            data++;
        }
        int over = data % 4;
        if (data == base64.length()) {
            return over == 0 ? -1 : data - over;
        }
        if (base64.charAt(data) != '=' || over < 2) {
            return data;
        }
        int end = data + 4 - over;
        if (end > base64.length()) {
            return base64.length();
        }
        if (base64.charAt(end - 1) != '=') {
            return data;
        }
        return end == base64.length() ? -1 : end;
    }
}
