package dev.hearsay.wire;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Versions;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The payload of answers to Serf's query about a name that two claim: whom the answering member knows by it. */
public final class ConflictMessages {
    private static final Bytes NOBODY = Bytes.of((byte) Kind.SERF_CONFLICT_ANSWER, (byte) 0xC0);

    private ConflictMessages() {}

    /**
     * Who has a name, as far as a member knows.
     *
     * @param status Serf's number: 1 alive, 2 leaving, 3 left, 4 failed
     */
    public record Holder(String name, Address address, Map<String, String> tags, int status, Versions versions) {}

    /** The payload; null for nobody. */
    public static Bytes answer(@Nullable Holder holder) {
        if (holder == null) {
            return NOBODY;
        }
        Map<String, String> tags = new TreeMap<>(holder.tags());
        RawBytes out = new RawBytes(size(holder, tags));
        RawWriter writer = out.writer;
        writer.octet(Kind.SERF_CONFLICT_ANSWER);
        writer.map(11);
        writer.key(Field.ADDR);
        writer.ip(holder.address());
        number(Field.DELEGATE_CUR, holder.versions().delegate(), writer);
        number(Field.DELEGATE_MAX, holder.versions().delegateMax(), writer);
        number(Field.DELEGATE_MIN, holder.versions().delegateMin(), writer);
        writer.key(Field.NAME);
        writer.text(holder.name());
        number(Field.PORT, holder.address().port(), writer);
        number(Field.PROTOCOL_CUR, holder.versions().protocol(), writer);
        number(Field.PROTOCOL_MAX, holder.versions().protocolMax(), writer);
        number(Field.PROTOCOL_MIN, holder.versions().protocolMin(), writer);
        number(Field.STATUS, holder.status(), writer);
        writer.key(Field.TAGS);
        writer.map(tags.size());
        tags.forEach((key, value) -> {
            writer.text(key);
            writer.text(value);
        });
        return out.bytes();
    }

    private static int size(Holder holder, Map<String, String> tags) {
        Versions versions = holder.versions();
        int size = 2 + Field.ADDR.size() + MemberlistSizes.ip(holder.address());
        size += size(Field.DELEGATE_CUR, versions.delegate());
        size += size(Field.DELEGATE_MAX, versions.delegateMax());
        size += size(Field.DELEGATE_MIN, versions.delegateMin());
        size += Field.NAME.size() + MemberlistSizes.text(holder.name());
        size += size(Field.PORT, holder.address().port());
        size += size(Field.PROTOCOL_CUR, versions.protocol());
        size += size(Field.PROTOCOL_MAX, versions.protocolMax());
        size += size(Field.PROTOCOL_MIN, versions.protocolMin());
        size += size(Field.STATUS, holder.status());
        size += Field.TAGS.size() + MemberlistSizes.container(tags.size());
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            size += MemberlistSizes.text(tag.getKey()) + MemberlistSizes.text(tag.getValue());
        }
        return size;
    }

    private static int size(Field field, int value) {
        return field.size() + MemberlistSizes.number(value);
    }

    private static void number(Field field, int value, RawWriter writer) {
        writer.key(field);
        writer.number(value);
    }

    /**
     * Where the answering member knows the holder; null if it knows nobody of that name.
     *
     * @throws WireException if it is no such answer
     */
    public static @Nullable Address read(Bytes payload) throws WireException {
        byte[] bytes = payload.toArray();
        if (bytes.length == 0 || bytes[0] != Kind.SERF_CONFLICT_ANSWER) {
            throw new WireException(DropReason.UNKNOWN_KIND, "no answer about a name");
        }
        RawReader in = new RawReader();
        in.reset(bytes, 1, bytes.length);
        Fields fields = new Fields(in);
        fields.read(Field.ADDR.bit() | Field.PORT.bit());
        return fields.optionalAddress(Field.ADDR, Field.PORT);
    }
}
