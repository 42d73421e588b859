package dev.hearsay.examples.alertmanager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What Alertmanager sent, read and written again; and what nobody should send. */
class PayloadsTest {

    @Test
    void aGossipedSilenceIsRead() throws Exception {
        Payloads.Part part = Payloads.part(Samples.read("user-silence"));
        assertEquals("sil", part.key());
        List<Silence> silences = Payloads.silences(part.data());
        assertEquals(1, silences.size());
        Silence silence = silences.get(0);
        assertEquals(Instant.parse("2036-01-06T00:00:00Z"), silence.expiresAt());
        assertEquals(silence.startsAt(), silence.updatedAt());
        assertEquals(
                "d959b9ee-52f6-4807-bdc9-5f5f12b899b2 active {alertname=\"X\"} from 2026-11-21T03:48:08Z until "
                        + "2036-01-01T00:00:00Z by \"t\": \"c\"",
                silence.describe(silence.state(silence.startsAt())));
    }

    @Test
    void aSilenceTooLongForGossipIsRead() throws Exception {
        Silence silence = Samples.silence("user-oversize");
        assertEquals("44e6974c-fc42-4281-96f7-4e08a9eeb90a", silence.id());
        assertEquals("c".repeat(2000), silence.comment());
        assertTrue(silence.describe(Silence.State.ACTIVE).endsWith(": \"" + "c".repeat(200) + "...\""));
    }

    @Test
    void theStateOfANewPeerHasItsTwoKindsAndNothingInThem() throws Exception {
        List<ByteString> parts = Payloads.parts(Samples.read("state-of-new-peer"));
        assertEquals(
                List.of(new Payloads.Part("nfl", ByteString.EMPTY), new Payloads.Part("sil", ByteString.EMPTY)),
                List.of(Payloads.part(parts.get(0)), Payloads.part(parts.get(1))));
        assertEquals(List.of(), Payloads.silences(ByteString.EMPTY));
    }

    @Test
    void theStateWeWriteHasTheVeryBytesThatCame() throws Exception {
        ByteString small = Samples.read("user-silence");
        ByteString large = Samples.read("user-oversize");
        byte[] state = Payloads.state(List.of(
                Samples.silence("user-silence").encoded(),
                Samples.silence("user-oversize").encoded()));
        List<ByteString> parts = Payloads.parts(ByteString.copyFrom(state));
        assertEquals(1, parts.size());
        Payloads.Part part = Payloads.part(parts.get(0));
        assertEquals(Payloads.part(small).data().concat(Payloads.part(large).data()), part.data());
        assertEquals(
                small,
                Payloads.parts(ByteString.copyFrom(Payloads.state(
                                List.of(Samples.silence("user-silence").encoded()))))
                        .get(0));
    }

    @Test
    void fieldsOfALaterReleaseAreSkippedAndPassedOn() throws Exception {
        // Field 15 of the silence, a string; and field 14 around it, a number.
        Silence silence = Payloads.silences(Samples.hex("0e 0a0a 0a0131 7a0568656c6c6f 7007"))
                .get(0);
        assertEquals("1", silence.id());
        assertEquals(Samples.hex("0a0a 0a0131 7a0568656c6c6f 7007"), silence.encoded());
    }

    @Test
    void theCommentsOfAnEarlyReleaseAreUnderstood() throws Exception {
        Silence silence = Payloads.silences(Samples.hex("0d 0a0b 0a0131 3a06 0a0161 120162"))
                .get(0);
        assertEquals("a", silence.createdBy());
        assertEquals("b", silence.comment());
    }

    @Test
    void matchersLookAsInAlertmanagerAndCannotDisturbATerminal() {
        assertEquals("job=\"a\"", new Matcher(0, "job", "a").toString());
        assertEquals("job=~\"a|b\"", new Matcher(1, "job", "a|b").toString());
        assertEquals("job!=\"\\\"\\\\\"", new Matcher(2, "job", "\"\\").toString());
        assertEquals("j\\u000a!~\"\\u001b[2J\\u202e\"", new Matcher(3, "j\n", "\u001b[2J\u202e").toString());
        assertEquals("job?\"a\"", new Matcher(4, "job", "a").toString());
        assertEquals("job?\"a\"", new Matcher(-1, "job", "a").toString());
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        refused("02 0a00", "an empty silence has no id");
        refused("05 0a0131", "cut");
        refused("05 0a03 0a01ff", "an id that is not UTF-8");
        refused("0c 0a03 0a0131 1205 08ffffffff", "cut within a number");
        refused("01 0c", "the end of a group that did not begin");
        refused("ffffffff0f", "a length of 2^32 - 1");
        String far = refused("0e 0a03 0a0131 1207 0880ddf48ea540", "the year 70,000");
        assertEquals("a timestamp of 2208986640000 s and 0 ns", far);
        String many = refused("0d 0a03 0a0131 1206 108094ebdc03", "too many nanoseconds");
        assertEquals("a timestamp of 0 s and 1000000000 ns", many);
    }

    @Test
    void groupsInGroupsWithoutEndAreRefused() {
        byte[] groups = new byte[1_000_000];
        Arrays.fill(groups, (byte) 0x1b);
        assertThrows(InvalidProtocolBufferException.class, () -> Payloads.part(ByteString.copyFrom(groups)));
    }

    @Property
    void anyBytesGiveAMessageOrAnIoException(@ForAll byte[] bytes) {
        ByteString content = ByteString.copyFrom(bytes);
        try {
            for (ByteString part : Payloads.parts(content)) {
                Payloads.silences(Payloads.part(part).data());
            }
        } catch (IOException e) {
            // As it should be.
        }
        try {
            Payloads.silences(content);
        } catch (IOException e) {
            // As it should be.
        }
    }

    @Property
    void aChangedByteInARealMessageGivesAMessageOrAnIoException(@ForAll int at, @ForAll byte value) {
        byte[] bytes = Samples.read("user-silence").toByteArray();
        bytes[Math.floorMod(at, bytes.length)] = value;
        try {
            for (Silence silence :
                    Payloads.silences(Payloads.part(ByteString.copyFrom(bytes)).data())) {
                assertTrue(silence.describe(Silence.State.ACTIVE).lines().count() == 1);
            }
        } catch (IOException e) {
            // As it should be.
        }
    }

    private static String refused(String hex, String what) {
        return String.valueOf(
                assertThrows(InvalidProtocolBufferException.class, () -> Payloads.silences(Samples.hex(hex)), what)
                        .getMessage());
    }
}
