package dev.hearsay.agent.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. A token, where there is one, and two checks against pages that a browser on this machine shows: its requests
 * come from loopback, too. A page can have a name of its own point to 127.0.0.1 (DNS rebinding), so on loopback the header
 * {@code Host} must name this machine's loopback. And a page can send a command without being able to read the answer, so a
 * command with the {@code Origin} of elsewhere is refused.
 */
final class Guard {
    /** What a {@code Host} must look like to be an address and no name: only then is it looked at as one. */
    private static final Pattern ADDRESS = Pattern.compile("\\[[0-9a-fA-F:.]+]|127(\\.[0-9]{1,3}){3}");

    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

    private final boolean loopback;
    private final Supplier<String> tokenNow;

    /**
     * A guard of a server that listens there.
     *
     * @param tokenNow what clients must present at that moment; empty for nothing
     */
    Guard(InetSocketAddress at, Supplier<String> tokenNow) {
        this.loopback = at.getAddress().isLoopbackAddress();
        this.tokenNow = tokenNow;
    }

    /**
     * Refuses what must not be.
     *
     * @param open whether what is asked for is there without the token, too
     * @throws Problem 401 or 403
     */
    void check(Context context, boolean open) throws Problem {
        try {
            checkAll(context, open);
        } catch (Problem refused) {
            // A body that nobody reads ends the connection, and its client must know: it would send the next request
            // into the void.
            if (isCommand(context)) {
                context.header("Connection", "close");
            }
            throw refused;
        }
    }

    private static boolean isCommand(Context context) {
        return !context.method().equals(HandlerType.GET) && !context.method().equals(HandlerType.HEAD);
    }

    private void checkAll(Context context, boolean open) throws Problem {
        String named = context.header("Host");
        if (loopback && named != null && !isLoopback(named)) {
            throw new Problem(
                    403,
                    "host_not_allowed",
                    "the header Host must be localhost or a loopback address, not '" + named + "'",
                    null);
        }
        if (!open) {
            checkToken(context);
        }
        String origin = context.header("Origin");
        if (isCommand(context) && origin != null && !sameOrigin(origin, named)) {
            throw new Problem(
                    403, "cross_origin", "commands from pages of another origin are refused: '" + origin + "'", null);
        }
    }

    private void checkToken(Context context) throws Problem {
        String token = tokenNow.get();
        if (token.isEmpty()) {
            return;
        }
        String given = context.header("Authorization");
        if (given == null || !given.regionMatches(true, 0, "Bearer ", 0, 7)) {
            context.header("WWW-Authenticate", "Bearer realm=\"hearsay\"");
            throw new Problem(401, "token_missing", "send the header Authorization: Bearer TOKEN", null);
        }
        // The time this takes does not depend on how much of the token is right.
        if (!MessageDigest.isEqual(
                given.substring(7).trim().getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8))) {
            context.header("WWW-Authenticate", "Bearer realm=\"hearsay\", error=\"invalid_token\"");
            throw new Problem(401, "token_wrong", "the token is not the one of this agent", null);
        }
    }

    private static boolean isLoopback(String named) {
        String name = PORT.matcher(named).replaceFirst("").toLowerCase(Locale.ROOT);
        if (name.equals("localhost")) {
            return true;
        }
        if (!ADDRESS.matcher(name).matches()) {
            return false;
        }
        try {
            return InetAddress.getByName(name).isLoopbackAddress();
        } catch (java.net.UnknownHostException e) {
            return false;
        }
    }

    private static boolean sameOrigin(String origin, @Nullable String named) {
        try {
            return named != null && named.equalsIgnoreCase(new URI(origin).getRawAuthority());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
