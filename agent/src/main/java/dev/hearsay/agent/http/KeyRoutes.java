package dev.hearsay.agent.http;

import static io.javalin.http.HandlerType.GET;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.KeyResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which encryption keys the members have: enough to see how far a rotation is. The keys themselves are not shown, only a
 * fingerprint: whoever has a key has the cluster, and a page that asks this agent something should not.
 */
final class KeyRoutes {
    private final Cluster cluster;

    KeyRoutes(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Keys of the cluster. */
    record KeyList(
            @Doc("Live members that were asked") int members,
            @Doc("How many of them answered in time") int answered,
            @Doc("How many of these could not say") int errors,
            @Doc("What members said, by name") Map<String, String> messages,
            @Doc("The keys, those of most members first") List<KeyBody> keys) {}

    /** A key. */
    record KeyBody(
            @Doc("The first 16 digits of the SHA-256 of the key's Base64")
            String fingerprint,

            @Doc("How many members have it") int members,
            @Doc("How many members encrypt with it") int primary) {}

    List<Route> routes() {
        return List.of(Route.of(GET, "/v1/keys", "Which encryption keys the members have, by fingerprint", this::list)
                .answers(200, KeyList.class));
    }

    private void list(Call call) throws IOException, Problem {
        if (cluster.wire().keyring() == null) {
            throw new Problem(409, "not_encrypted", "this agent has no keyring: nothing is encrypted", null);
        }
        KeyResult result = call.await(cluster.keys().list());
        Set<String> all = new TreeSet<>(result.keys().keySet());
        all.addAll(result.primaryKeys().keySet());
        List<KeyBody> keys = all.stream()
                .map(key -> new KeyBody(
                        fingerprint(key),
                        result.keys().getOrDefault(key, 0),
                        result.primaryKeys().getOrDefault(key, 0)))
                .sorted((a, b) -> b.members() - a.members())
                .toList();
        call.reply(200, new KeyList(result.members(), result.answered(), result.errors(), result.messages(), keys));
    }

    static String fingerprint(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
