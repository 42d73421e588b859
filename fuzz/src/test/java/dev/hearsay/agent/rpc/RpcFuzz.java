package dev.hearsay.agent.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hearsay.fuzz.Allocation;
import dev.hearsay.fuzz.Input;
import dev.hearsay.fuzz.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients say to an agent: any bytes, cut anywhere, give maps, or an end; in bounded memory. */
class RpcFuzz {
    private static final int[] MOST = {64, 1000, 5000, RpcSession.MAX_REQUEST_BYTES};

    /** Bytes allocated whatever comes, and for each byte, which is shown as text several times here. */
    private static final long FREE_BYTES = 64 << 10;

    private static final int BYTES_PER_BYTE = 1000;

    static Stream<byte[]> requests() {
        return Stream.of(
                        List.of(RpcEncoder.map("Command", "handshake", "Seq", 0L), RpcEncoder.map("Version", 1L)),
                        List.of(
                                RpcEncoder.map("Command", "members-filtered", "Seq", 3L),
                                RpcEncoder.map("Tags", Map.of("role", "web"), "Status", "alive", "Name", "n.*")),
                        List.of(
                                RpcEncoder.map("Command", "join", "Seq", 4L),
                                RpcEncoder.map("Existing", List.of("127.0.0.1:7946"), "Replay", false)))
                .map(maps -> Seeds.with(RpcEncoder.encode(maps.get(0), maps.get(1)), 1, 5));
    }

    /** The first byte chooses the bound, the second the cuts; the others are what the client says. */
    @MethodSource("requests")
    @FuzzTest
    void decode(byte[] bytes) {
        Input input = new Input(bytes);
        int most = MOST[input.choice(MOST.length)];
        int cuts = 1 + input.octet();
        byte[] said = input.rest();
        String[] whole = new String[1];
        long announced = said.length < 2 ? 0 : most;
        Allocation.atMost(FREE_BYTES + announced + (long) BYTES_PER_BYTE * said.length, () -> {
            whole[0] = read(new ByteArrayInputStream(said), most);
        });
        assertEquals(whole[0], read(new Cut(said, cuts), most), "in pieces of " + cuts + " bytes");
    }

    /** All maps, and how it ends. */
    private static String read(InputStream in, int most) {
        RpcDecoder decoder = new RpcDecoder(in, most);
        StringBuilder read = new StringBuilder();
        try {
            for (RpcMap map; (map = decoder.next()) != null; ) {
                read.append(map);
                for (String name : map.names()) {
                    read.append(map.text(name)).append(map.number(name)).append(map.flag(name));
                    read.append(Arrays.toString(map.bytes(name))).append(map.map(name));
                    read.append(map.maps(name)).append(map.texts(name)).append(map.show(name));
                }
                read.append(map.asTexts());
            }
            return read.append("end").toString();
        } catch (RpcDecoder.MalformedException e) {
            return read.append("malformed").toString();
        } catch (IOException e) {
            return read.append("cut").toString();
        }
    }

    /** Gives so many bytes at a time. */
    private static final class Cut extends ByteArrayInputStream {
        private final int cuts;

        Cut(byte[] bytes, int cuts) {
            super(bytes);
            this.cuts = cuts;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, cuts));
        }
    }
}
