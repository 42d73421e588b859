package dev.hearsay.examples.alertmanager;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What Alertmanagers tell each other, in protocol buffers: the messages {@code Part} and {@code FullState} of its {@code
 * cluster.proto}, {@code MeshSilence} and what is in it of its {@code silence.proto}.
 *
 * <p>A user message is one part: a key that says which kind of state it belongs to, and a piece of that state. The state in
 * a push/pull is a list of parts, one for each kind, with all there is. For silences a piece is any number of {@code
 * MeshSilence}, each behind its length. Fields not named here are skipped.
 */
final class Payloads {
    /** The key of silences. The other one in use, {@code nfl}, is the log of notifications sent. */
    static final String SILENCES = "sil";

    private static final int PART_KEY = bytesTag(1);
    private static final int PART_DATA = bytesTag(2);
    private static final int STATE_PART = bytesTag(1);
    private static final int MESH_SILENCE = bytesTag(1);
    private static final int MESH_EXPIRES_AT = bytesTag(2);
    private static final int SILENCE_ID = bytesTag(1);
    private static final int SILENCE_MATCHER = bytesTag(2);
    private static final int SILENCE_STARTS_AT = bytesTag(3);
    private static final int SILENCE_ENDS_AT = bytesTag(4);
    private static final int SILENCE_UPDATED_AT = bytesTag(5);
    private static final int SILENCE_COMMENTS = bytesTag(7);
    private static final int SILENCE_CREATED_BY = bytesTag(8);
    private static final int SILENCE_COMMENT = bytesTag(9);
    private static final int COMMENT_AUTHOR = bytesTag(1);
    private static final int COMMENT_TEXT = bytesTag(2);
    private static final int MATCHER_TYPE = numberTag(1);
    private static final int MATCHER_NAME = bytesTag(2);
    private static final int MATCHER_PATTERN = bytesTag(3);
    private static final int TIMESTAMP_SECONDS = numberTag(1);
    private static final int TIMESTAMP_NANOS = numberTag(2);

    private static final long FIRST_SECOND =
            Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int NANOS = 1_000_000_000;

    private Payloads() {}

    /**
     * A piece of some kind of state.
     *
     * @param key says which kind
     * @param data the piece
     */
    record Part(String key, ByteString data) {}

    /** Receives the fields of a message one after the other. */
    @FunctionalInterface
    private interface Fields {
        /** Reads the field if it is one of ours; returns false, having read nothing, if not. */
        boolean read(int tag, CodedInputStream in) throws IOException;
    }

    /** The parts of a push/pull's state, each still encoded: that is the form in which it would be gossiped. */
    static List<ByteString> parts(ByteString state) throws IOException {
        List<ByteString> parts = new ArrayList<>();
        read(state, (tag, in) -> {
            if (tag != STATE_PART) {
                return false;
            }
            parts.add(in.readBytes());
            return true;
        });
        return parts;
    }

    /** A user message, or a part of a push/pull's state. */
    static Part part(ByteString encoded) throws IOException {
        String[] key = {""};
        ByteString[] data = {ByteString.EMPTY};
        read(encoded, (tag, in) -> {
            if (tag == PART_KEY) {
                key[0] = in.readStringRequireUtf8();
            } else if (tag == PART_DATA) {
                data[0] = in.readBytes();
            } else {
                return false;
            }
            return true;
        });
        return new Part(key[0], data[0]);
    }

    /** The silences in the data of a part. */
    static List<Silence> silences(ByteString data) throws IOException {
        List<Silence> silences = new ArrayList<>();
        CodedInputStream in = data.newCodedInput();
        while (!in.isAtEnd()) {
            silences.add(meshSilence(in.readBytes()));
        }
        return silences;
    }

    /** The state of a peer that has these silences, and knows of nothing else. */
    static byte[] state(List<ByteString> silences) {
        try {
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            CodedOutputStream pieces = CodedOutputStream.newInstance(data);
            for (ByteString silence : silences) {
                pieces.writeBytesNoTag(silence);
            }
            pieces.flush();
            byte[] part = encode(new Part(SILENCES, ByteString.copyFrom(data.toByteArray())));
            byte[] state = new byte[CodedOutputStream.computeByteArraySize(1, part)];
            CodedOutputStream out = CodedOutputStream.newInstance(state);
            out.writeByteArray(1, part);
            out.checkNoSpaceLeft();
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    private static byte[] encode(Part part) throws IOException {
        byte[] encoded = new byte
                [CodedOutputStream.computeStringSize(1, part.key())
                        + CodedOutputStream.computeBytesSize(2, part.data())];
        CodedOutputStream out = CodedOutputStream.newInstance(encoded);
        out.writeString(1, part.key());
        out.writeBytes(2, part.data());
        out.checkNoSpaceLeft();
        return encoded;
    }

    private static Silence meshSilence(ByteString encoded) throws IOException {
        ByteString[] silence = {ByteString.EMPTY};
        Instant[] expiresAt = {Instant.EPOCH};
        read(encoded, (tag, in) -> {
            if (tag == MESH_SILENCE) {
                silence[0] = in.readBytes();
            } else if (tag == MESH_EXPIRES_AT) {
                expiresAt[0] = timestamp(in.readBytes());
            } else {
                return false;
            }
            return true;
        });
        SilenceFields fields = new SilenceFields();
        read(silence[0], fields);
        if (fields.id.isEmpty()) {
            throw new InvalidProtocolBufferException("a silence has no id");
        }
        return new Silence(
                fields.id,
                List.copyOf(fields.matchers),
                fields.startsAt,
                fields.endsAt,
                fields.updatedAt,
                fields.createdBy,
                fields.comment,
                expiresAt[0],
                encoded);
    }

    private static final class SilenceFields implements Fields {
        private final List<Matcher> matchers = new ArrayList<>();
        private String id = "";
        private Instant startsAt = Instant.EPOCH;
        private Instant endsAt = Instant.EPOCH;
        private Instant updatedAt = Instant.EPOCH;
        private String createdBy = "";
        private String comment = "";

        @Override
        public boolean read(int tag, CodedInputStream in) throws IOException {
            if (tag == SILENCE_ID) {
                id = in.readStringRequireUtf8();
            } else if (tag == SILENCE_MATCHER) {
                matchers.add(matcher(in.readBytes()));
            } else if (tag == SILENCE_STARTS_AT) {
                startsAt = timestamp(in.readBytes());
            } else if (tag == SILENCE_ENDS_AT) {
                endsAt = timestamp(in.readBytes());
            } else if (tag == SILENCE_UPDATED_AT) {
                updatedAt = timestamp(in.readBytes());
            } else if (tag == SILENCE_CREATED_BY) {
                createdBy = in.readStringRequireUtf8();
            } else if (tag == SILENCE_COMMENT) {
                comment = in.readStringRequireUtf8();
            } else if (tag == SILENCE_COMMENTS) {
                oldComment(in.readBytes());
            } else {
                return false;
            }
            return true;
        }

        /** Early releases have a list of comments in place of the two fields, and never more than one in it. */
        private void oldComment(ByteString encoded) throws IOException {
            Payloads.read(encoded, (tag, in) -> {
                if (tag == COMMENT_AUTHOR) {
                    createdBy = in.readStringRequireUtf8();
                } else if (tag == COMMENT_TEXT) {
                    comment = in.readStringRequireUtf8();
                } else {
                    return false;
                }
                return true;
            });
        }
    }

    private static Matcher matcher(ByteString encoded) throws IOException {
        int[] type = {0};
        String[] texts = {"", ""};
        read(encoded, (tag, in) -> {
            if (tag == MATCHER_TYPE) {
                type[0] = in.readEnum();
            } else if (tag == MATCHER_NAME) {
                texts[0] = in.readStringRequireUtf8();
            } else if (tag == MATCHER_PATTERN) {
                texts[1] = in.readStringRequireUtf8();
            } else {
                return false;
            }
            return true;
        });
        return new Matcher(type[0], texts[0], texts[1]);
    }

    private static Instant timestamp(ByteString encoded) throws IOException {
        long[] seconds = {0};
        int[] nanos = {0};
        read(encoded, (tag, in) -> {
            if (tag == TIMESTAMP_SECONDS) {
                seconds[0] = in.readInt64();
            } else if (tag == TIMESTAMP_NANOS) {
                nanos[0] = in.readInt32();
            } else {
                return false;
            }
            return true;
        });
        if (seconds[0] < FIRST_SECOND || seconds[0] > LAST_SECOND || nanos[0] < 0 || nanos[0] >= NANOS) {
            throw new InvalidProtocolBufferException("a timestamp of " + seconds[0] + " s and " + nanos[0] + " ns");
        }
        return Instant.ofEpochSecond(seconds[0], nanos[0]);
    }

    private static void read(ByteString message, Fields fields) throws IOException {
        CodedInputStream in = message.newCodedInput();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (!fields.read(tag, in) && !in.skipField(tag)) {
                throw new InvalidProtocolBufferException("the end of a group that did not begin");
            }
        }
    }

    private static int bytesTag(int field) {
        return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    private static int numberTag(int field) {
        return field << 3 | WireFormat.WIRETYPE_VARINT;
    }
}
