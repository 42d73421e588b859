package dev.hearsay.wire;

import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Puts the layers of memberlist around any bytes, so that a fuzzer gets past checksum and key. Always the same for the same
 * bytes: the nonce is zero, which no secret of anybody hangs on here. One thread only.
 */
public final class Envelope {
    private static final Compressor COMPRESSOR = new Compressor();

    private Envelope() {}

    /** The content, compressed. */
    public static byte[] compressed(byte[] content) {
        return COMPRESSOR.compress(content);
    }

    /** What a compressed message of ours expands to. */
    public static byte[] expanded(byte[] compressed) {
        Decompressor decompressor = new Decompressor();
        byte[] expanded = new byte[512];
        int total = 0;
        try {
            decompressor.begin(compressed, 1, compressed.length);
            for (int length; (length = decompressor.read(expanded, total, expanded.length)) > 0; total += length) {
                if (total + length == expanded.length) {
                    expanded = Arrays.copyOf(expanded, 2 * expanded.length);
                }
            }
            return Arrays.copyOf(expanded, total);
        } catch (WireException e) {
            throw new AssertionError("cannot be expanded", e);
        }
    }

    /** The content behind its checksum. */
    public static byte[] sealed(byte[] content) {
        byte[] bytes = behind(PacketCodec.CHECKSUM_HEADER, content);
        CRC32 crc = new CRC32();
        crc.update(content);
        bytes[0] = Kind.CHECKSUM;
        new RawWriter(bytes, 0).u32At(1, (int) crc.getValue());
        return bytes;
    }

    /** The content as a packet encrypted under that key; with padding in the old version. */
    public static byte[] encryptedPacket(WireConfig config, GossipKey key, boolean old, byte[] content) {
        return encrypted(config, key, old, 0, content);
    }

    /** The content as a stream encrypted under that key; with padding in the old version. */
    public static byte[] encryptedStream(WireConfig config, GossipKey key, boolean old, byte[] content) {
        return encrypted(config, key, old, StreamCodec.FRAME_HEADER, content);
    }

    /** The content behind the label's header, if there is a label. */
    public static byte[] labelled(WireConfig config, byte[] content) {
        byte[] bytes = behind(LabelHeader.size(config), content);
        LabelHeader.write(config, bytes, 0);
        return bytes;
    }

    private static byte[] encrypted(WireConfig config, GossipKey key, boolean old, int header, byte[] content) {
        byte[] plain = old ? padded(content) : content;
        byte[] bytes =
                Arrays.copyOf(behind(header + Encryption.HEAD, plain), header + Encryption.OVERHEAD + plain.length);
        if (header > 0) {
            bytes[0] = Kind.ENCRYPT;
            new RawWriter(bytes, 0).u32At(1, bytes.length - header);
        }
        int end = header + Encryption.HEAD + plain.length;
        // A new one each time: a cipher refuses to see a nonce twice.
        new Encryption(nonce -> {}).encrypt(Keyring.of(key), bytes, header, end, header, config.labelBytes());
        if (old) {
            // The version is not authenticated.
            bytes[header] = 0;
        }
        return bytes;
    }

    private static byte[] padded(byte[] content) {
        int padding = 16 - content.length % 16;
        byte[] bytes = Arrays.copyOf(content, content.length + padding);
        Arrays.fill(bytes, content.length, bytes.length, (byte) padding);
        return bytes;
    }

    private static byte[] behind(int header, byte[] content) {
        byte[] bytes = new byte[header + content.length];
        System.arraycopy(content, 0, bytes, header, content.length);
        return bytes;
    }
}
