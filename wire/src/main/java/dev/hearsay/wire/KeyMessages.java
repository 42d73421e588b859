package dev.hearsay.wire;

import dev.hearsay.core.Bytes;
import java.util.ArrayList;
import java.util.List;

/** The payloads of Serf's queries about keys, and of the answers to them. */
public final class KeyMessages {
    private static final long ANSWER_FIELDS =
            Field.KEYS.bit() | Field.MESSAGE.bit() | Field.PRIMARY_KEY.bit() | Field.RESULT.bit();

    /** Longest message for people that we keep, in bytes. */
    private static final int MESSAGE_BYTES = 1024;

    /** Longest key in Base64. */
    private static final int KEY_TEXT_BYTES = 64;

    private KeyMessages() {}

    /**
     * What a member says to a query about keys.
     *
     * @param keys all keys it has, in Base64; none unless it was asked for them
     * @param message for people; empty if there is nothing to say
     * @param primaryKey the key it encrypts with, in Base64; empty unless it was asked
     * @param result whether it could do what it was asked
     */
    public record Answer(List<String> keys, String message, String primaryKey, boolean result) {}

    /** The payload of a query that is about that key. */
    public static Bytes request(GossipKey key) {
        return request(key.secret());
    }

    /** The payload of a query that asks for all keys. */
    public static Bytes listRequest() {
        return request(new byte[0]);
    }

    private static Bytes request(byte[] key) {
        RawBytes out = new RawBytes(2 + Field.KEY.size() + MemberlistSizes.raw(key.length));
        out.writer.octet(Kind.SERF_KEY_REQUEST);
        out.writer.map(1);
        out.writer.key(Field.KEY);
        out.writer.bytes(key, key.length);
        return out.bytes();
    }

    /**
     * The key that a query is about.
     *
     * @throws WireException if it is none
     */
    public static GossipKey readRequest(Bytes payload) throws WireException {
        Fields fields = fields(payload, Kind.SERF_KEY_REQUEST, Field.KEY.bit());
        try {
            return GossipKey.of(fields.bytes(Field.KEY, KEY_TEXT_BYTES).toArray());
        } catch (IllegalArgumentException e) {
            throw new WireException(DropReason.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /** The payload of an answer. */
    public static Bytes answer(Answer answer) {
        int size = 2
                + Field.KEYS.size()
                + MemberlistSizes.container(answer.keys().size())
                + Field.MESSAGE.size()
                + MemberlistSizes.text(answer.message())
                + Field.PRIMARY_KEY.size()
                + MemberlistSizes.text(answer.primaryKey())
                + Field.RESULT.size()
                + 1;
        for (String key : answer.keys()) {
            size += MemberlistSizes.text(key);
        }
        RawBytes out = new RawBytes(size);
        out.writer.octet(Kind.SERF_KEY_ANSWER);
        out.writer.map(4);
        out.writer.key(Field.KEYS);
        if (answer.keys().isEmpty()) {
            out.writer.nil();
        } else {
            out.writer.array(answer.keys().size());
            answer.keys().forEach(out.writer::text);
        }
        out.writer.key(Field.MESSAGE);
        out.writer.text(answer.message());
        out.writer.key(Field.PRIMARY_KEY);
        out.writer.text(answer.primaryKey());
        out.writer.key(Field.RESULT);
        out.writer.bool(answer.result());
        return out.bytes();
    }

    /**
     * What a member answers.
     *
     * @throws WireException if it is no such answer
     */
    public static Answer readAnswer(Bytes payload) throws WireException {
        RawReader in = new RawReader();
        Fields fields = fields(payload, Kind.SERF_KEY_ANSWER, ANSWER_FIELDS, in);
        List<String> keys = new ArrayList<>();
        String message = fields.prose(Field.MESSAGE, MESSAGE_BYTES);
        String primary = fields.text(Field.PRIMARY_KEY, KEY_TEXT_BYTES);
        boolean result = fields.flag(Field.RESULT);
        if (fields.enter(Field.KEYS)) {
            int count = in.array();
            for (int i = 0; i < count; i++) {
                int length = in.raw();
                int start = in.position();
                String key = length > KEY_TEXT_BYTES ? null : Utf8.strict(in.source(), start, length);
                if (key == null) {
                    throw new WireException(DropReason.MALFORMED, "no key in the list of keys");
                }
                keys.add(key);
                in.position(start + length);
            }
        }
        return new Answer(List.copyOf(keys), message, primary, result);
    }

    private static Fields fields(Bytes payload, int kind, long wanted) throws WireException {
        return fields(payload, kind, wanted, new RawReader());
    }

    private static Fields fields(Bytes payload, int kind, long wanted, RawReader in) throws WireException {
        byte[] bytes = payload.toArray();
        if (bytes.length == 0 || bytes[0] != kind) {
            throw new WireException(DropReason.UNKNOWN_KIND, "not Serf's message " + kind + " about keys");
        }
        in.reset(bytes, 1, bytes.length);
        Fields fields = new Fields(in);
        fields.read(wanted);
        return fields;
    }
}
