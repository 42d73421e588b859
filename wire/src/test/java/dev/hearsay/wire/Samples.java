package dev.hearsay.wire;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.StreamMessage.SerfState;
import dev.hearsay.core.StreamMessage.StatusTime;
import dev.hearsay.core.Versions;
import dev.hearsay.core.coordinate.Coordinate;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.MemberState;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Arbitrary messages that can be on the wire: everything a record may hold that the protocol has a form for. */
final class Samples {
    private Samples() {}

    static Arbitrary<Message> messages() {
        Arbitrary<List<Message>> flat = singles().list().ofMaxSize(Limits.PARTS_SENT);
        Arbitrary<Message> compound = flat.map(Message.Compound::new);
        Arbitrary<Message> nested = Arbitraries.frequencyOf(
                        Tuple.of(4, singles()),
                        Tuple.of(1, singles().list().ofMaxSize(3).map(Message.Compound::new)))
                .list()
                .ofMaxSize(8)
                .map(Message.Compound::new);
        return Arbitraries.frequencyOf(Tuple.of(6, singles()), Tuple.of(2, compound), Tuple.of(1, nested));
    }

    static Arbitrary<Message> singles() {
        return Arbitraries.oneOf(
                pings(),
                Combinators.combine(sequences(), anyNames(), addresses(0), flags(), anyNames(), sources())
                        .as(Message.IndirectPing::new),
                Combinators.combine(sequences(), coordinates().injectNull(0.3)).as(Message.Ack::new),
                sequences().map(Message.Nack::new),
                Combinators.combine(names(), u32(), anyNames()).as(Message.Suspect::new),
                Combinators.combine(names(), u32(), anyNames()).as(Message.Dead::new),
                Combinators.combine(names(), u32(), addresses(0), bytes(Limits.META_BYTES), versions())
                        .as(Message.Alive::new),
                uppers());
    }

    static Arbitrary<Coordinate> coordinates() {
        Arbitrary<Double> numbers = Arbitraries.doubles();
        return Combinators.combine(numbers.array(double[].class).ofMaxSize(20), numbers, numbers, numbers)
                .as(Coordinate::of);
    }

    static Arbitrary<Message.Upper> uppers() {
        return Arbitraries.oneOf(
                userEvents().map(Message.Upper.class::cast),
                queries().map(Message.Upper.class::cast),
                answers().map(Message.Upper.class::cast),
                Combinators.combine(addresses(0), anyNames(), answers()).as(Message.Relay::new),
                Combinators.combine(times(), names(), flags()).as(Message.LeaveIntent::new),
                Combinators.combine(times(), names()).as(Message.JoinIntent::new),
                Combinators.combine(octets(), octets(), bytes(300))
                        .as(Message.Extension::new)
                        .filter(Samples::isUnknown),
                StateSamples.frames().map(Message.State::new),
                Combinators.combine(Arbitraries.longs(), sequences())
                        .as(Message.Beat::new)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(120)
                        .map(Message.Heartbeats::new),
                bytes(900).filter(Samples::unknown).map(Message.User::new));
    }

    private static Arbitrary<Message.UserEvent> userEvents() {
        return Combinators.combine(times(), texts(300), bytes(300), flags()).as(Message.UserEvent::new);
    }

    private static Arbitrary<Message.Query> queries() {
        Arbitrary<Message.Query> plain = Combinators.combine(
                        times(),
                        sequences(),
                        addresses(0),
                        anyNames(),
                        bytes(60).list().ofMaxSize(20),
                        octets(),
                        times(),
                        texts(300))
                .as((time, id, asker, source, filters, relays, timeout, name) -> new Message.Query(
                        time, id, asker, source, filters, false, false, relays, timeout, name, Bytes.EMPTY));
        return Combinators.combine(plain, flags(), flags(), bytes(300))
                .as((q, ack, repeat, payload) -> new Message.Query(
                        q.time(),
                        q.id(),
                        q.asker(),
                        q.source(),
                        q.filters(),
                        ack,
                        repeat,
                        q.relayFactor(),
                        q.timeoutNanos(),
                        q.name(),
                        payload));
    }

    private static Arbitrary<Message.QueryAnswer> answers() {
        return Combinators.combine(times(), sequences(), names(), flags(), bytes(300))
                .as(Message.QueryAnswer::new);
    }

    static Arbitrary<StreamMessage> streamMessages() {
        return Arbitraries.oneOf(
                pushPulls().map(StreamMessage.class::cast),
                Combinators.combine(
                                times(),
                                times(),
                                times(),
                                Arbitraries.longs(),
                                Arbitraries.longs(),
                                parts(Integer.SIZE))
                        .as(StreamMessage.Digest::new),
                Combinators.combine(parts(1).filter(bits -> bits.length() > 0), pushPulls())
                        .as(StreamMessage.Delta::new),
                pings().map(StreamMessage.StreamPing::new),
                sequences().map(StreamMessage.StreamAck::new),
                uppers().filter(Samples::isStreamed).map(StreamMessage.StreamUser::new),
                StateSamples.frames().map(StreamMessage.StateExchange::new),
                Combinators.combine(names(), u32()).as(StreamMessage.Guard::new),
                texts(300).map(StreamMessage.Refusal::new));
    }

    /** In the order of time, and none to be coalesced, as that is not told in a push/pull. */
    private static Arbitrary<List<Message.UserEvent>> remembered() {
        return Combinators.combine(Arbitraries.longs().between(0, 20), texts(40), bytes(40))
                .as((time, name, payload) -> new Message.UserEvent(time, name, payload, false))
                .list()
                .ofMaxSize(20)
                .map(list -> list.stream()
                        .sorted(Comparator.comparingLong(Message.UserEvent::time))
                        .toList());
    }

    private static Arbitrary<StreamMessage.PushPull> pushPulls() {
        return Combinators.combine(
                        flags(),
                        claims().list().ofMaxSize(40),
                        intents().map(StreamMessage.UpperState.class::cast).injectNull(0.3))
                .as(StreamMessage.PushPull::new);
    }

    /** A power of two of parts, of so many bits each; or none. */
    private static Arbitrary<Bytes> parts(int bits) {
        return Arbitraries.of(0, 8, 64, 4096)
                .flatMap(parts -> Arbitraries.bytes().array(byte[].class).ofSize(parts * bits / Byte.SIZE))
                .map(Bytes::of);
    }

    static Arbitrary<Claim> claims() {
        Arbitrary<MemberState> states = Arbitraries.of(MemberState.values());
        return Combinators.combine(names(), u32(), addresses(0), bytes(Limits.META_BYTES), versions(), states)
                .as(Claim::new);
    }

    /** Sorted by name, as they are written, so that what is read is equal. */
    static Arbitrary<SerfState> intents() {
        Arbitrary<List<StatusTime>> statusTimes = Combinators.combine(names(), times())
                .as(StatusTime::new)
                .list()
                .ofMaxSize(40)
                .uniqueElements(StatusTime::node)
                .map(list -> list.stream()
                        .sorted(Comparator.comparing(StatusTime::node))
                        .toList());
        Arbitrary<List<String>> left =
                names().list().ofMaxSize(40).map(list -> list.stream().sorted().toList());
        return Combinators.combine(times(), statusTimes, left, times(), times(), remembered())
                .as(SerfState::new);
    }

    private static Arbitrary<Message.Ping> pings() {
        return Combinators.combine(sequences(), anyNames(), anyNames(), sources())
                .as(Message.Ping::new);
    }

    static Arbitrary<String> names() {
        return anyNames().filter(name -> !name.isEmpty());
    }

    private static Arbitrary<String> anyNames() {
        return texts(Limits.NAME_BYTES);
    }

    /** Texts of one to four bytes a character, without lone surrogates, which have no UTF-8. */
    static Arbitrary<String> texts(int mostBytes) {
        Arbitrary<String> ascii = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(mostBytes);
        Arbitrary<String> wide = Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .list()
                .ofMaxSize(mostBytes / 4)
                .map(points -> points.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
        return Arbitraries.oneOf(ascii, wide);
    }

    static Arbitrary<Bytes> bytes(int most) {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(most).map(Bytes::of);
    }

    private static Arbitrary<Address> sources() {
        // Port 0 means that there is no address to answer to.
        return addresses(1).injectNull(0.3);
    }

    private static Arbitrary<Address> addresses(int lowestPort) {
        Arbitrary<byte[]> ip = Arbitraries.of(4, 16)
                .flatMap(width -> Arbitraries.bytes().array(byte[].class).ofSize(width));
        return Combinators.combine(ip, Arbitraries.integers().between(lowestPort, 0xFFFF))
                .as(Address::of);
    }

    private static Arbitrary<Versions> versions() {
        return Combinators.combine(octets(), octets(), octets(), octets(), octets(), octets())
                .as(Versions::new);
    }

    private static Arbitrary<Integer> octets() {
        return Arbitraries.integers().between(0, 255);
    }

    private static Arbitrary<Integer> sequences() {
        return Arbitraries.integers();
    }

    private static Arbitrary<Long> u32() {
        return Arbitraries.longs().between(0, 0xFFFFFFFFL);
    }

    private static Arbitrary<Long> times() {
        return Arbitraries.longs().between(0, Long.MAX_VALUE);
    }

    private static Arbitrary<Boolean> flags() {
        return Arbitraries.of(true, false);
    }

    /** Not one that has a meaning in a packet: but of what is said about state, a type of a later version. */
    private static boolean isUnknown(Message.Extension frame) {
        return frame.version() != Kind.EXTENSION_VERSION
                || (frame.kind() != Kind.EXTENSION_HEARTBEATS && frame.kind() != Kind.EXTENSION_STATE)
                || (frame.kind() == Kind.EXTENSION_STATE
                        && frame.body().length() > 0
                        && (frame.body().at(0) <= 0 || frame.body().at(0) > StateCodec.OFFER));
    }

    /** In a stream, what has this version and one of these kinds is no frame of an unknown kind, and state a message of its own. */
    private static boolean isStreamed(Message.Upper message) {
        return !(message instanceof Message.State)
                && (!(message instanceof Message.Extension frame)
                        || frame.version() != Kind.EXTENSION_VERSION
                        || frame.kind() < Kind.EXTENSION_GUARD
                        || frame.kind() > Kind.EXTENSION_DELTA);
    }

    private static boolean unknown(Bytes content) {
        return content.length() == 0
                || !List.of(
                                Kind.SERF_LEAVE,
                                Kind.SERF_JOIN,
                                Kind.SERF_EVENT,
                                Kind.SERF_QUERY,
                                Kind.SERF_ANSWER,
                                Kind.SERF_RELAY,
                                Kind.HEARSAY)
                        .contains((int) content.at(0));
    }
}
