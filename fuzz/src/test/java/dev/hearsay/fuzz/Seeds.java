package dev.hearsay.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The golden vectors of the wire module, each a seed for the targets it fits. */
public final class Seeds {
    private Seeds() {}

    /** The datagrams, by name. */
    public static Map<String, byte[]> packets() {
        return captured(name -> name.contains("udp-"));
    }

    /** The streams, by name. */
    public static Map<String, byte[]> streams() {
        return captured(name -> !name.contains("udp-"));
    }

    /** What is inside the layers: of packets without encryption, and of all streams. */
    public static List<byte[]> messages() {
        Stream<byte[]> packets = packets().entrySet().stream()
                .filter(e -> Configs.of(e.getKey()) == 0)
                .map(Map.Entry::getValue);
        Stream<byte[]> streams = new String(resource("messages.tsv"), StandardCharsets.UTF_8)
                .lines()
                .map(line -> HexFormat.of().parseHex(line.substring(line.indexOf('\t') + 1)));
        return Stream.concat(packets, streams).toList();
    }

    /** The bytes with choices in front. */
    public static byte[] with(byte[] bytes, int... choices) {
        byte[] seed = new byte[choices.length + bytes.length];
        for (int i = 0; i < choices.length; i++) {
            seed[i] = (byte) choices[i];
        }
        System.arraycopy(bytes, 0, seed, choices.length, bytes.length);
        return seed;
    }

    private static Map<String, byte[]> captured(java.util.function.Predicate<String> wanted) {
        return new String(resource("expected.tsv"), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.substring(0, line.indexOf('\t')))
                .filter(wanted)
                .collect(Collectors.toMap(
                        name -> name, name -> resource(name + ".bin"), (first, second) -> first, TreeMap::new));
    }

    private static byte[] resource(String name) {
        try (InputStream in = Seeds.class.getResourceAsStream("/vectors/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
