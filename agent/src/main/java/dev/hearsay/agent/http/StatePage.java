package dev.hearsay.agent.http;

import dev.hearsay.api.StateType;
import dev.hearsay.api.StateView;
import dev.hearsay.core.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a collection, in the order of its bytes, and where the next begins.
 *
 * @param items at most as many as wanted, and fewer if their values are long
 * @param next the parameter {@code cursor} of the next part; null if there is none
 */
record StatePage(List<StateView.Item> items, @Nullable String next) {
    /** A part ends behind the value with which it has so many bytes. */
    static final int MOST_BYTES = 4 << 20;
    /** How many are read at a time. */
    private static final int CHUNK = 64;

    /** Reads the part that the parameters {@code prefix}, {@code limit} and {@code cursor} ask for. */
    static StatePage read(StateView view, StateType type, String collection, Call call) throws Problem {
        int limit = call.number("limit", StateCall.KEYS, 1, StateCall.MOST_KEYS);
        String begin = call.parameter("prefix");
        Bytes prefix = begin == null ? Bytes.EMPTY : Bytes.of(begin.getBytes(StandardCharsets.UTF_8));
        Bytes after = cursor(call.parameter("cursor"));
        List<StateView.Item> items = new ArrayList<>();
        long bytes = 0;
        while (items.size() <= limit && bytes <= MOST_BYTES) {
            List<StateView.Item> more = view.page(type, collection, prefix, after, CHUNK);
            for (StateView.Item item : more) {
                if (items.size() <= limit && bytes <= MOST_BYTES) {
                    items.add(item);
                    bytes += item.value().length();
                    after = item.key();
                }
            }
            if (more.size() < CHUNK) {
                break;
            }
        }
        boolean rest = items.size() > limit;
        if (!rest && after != null && bytes > MOST_BYTES) {
            rest = !view.page(type, collection, prefix, after, 1).isEmpty();
        }
        List<StateView.Item> part = items.subList(0, Math.min(limit, items.size()));
        return new StatePage(
                List.copyOf(part),
                rest ? encoder().encodeToString(part.get(part.size() - 1).key().toArray()) : null);
    }

    private static @Nullable Bytes cursor(@Nullable String text) throws Problem {
        try {
            return text == null ? null : Bytes.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("cursor", "must be the 'next' of an answer");
        }
    }

    private static Base64.Encoder encoder() {
        return Base64.getUrlEncoder().withoutPadding();
    }
}
