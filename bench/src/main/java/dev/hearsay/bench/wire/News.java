package dev.hearsay.bench.wire;

import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.Identity;
import dev.hearsay.core.Message;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.wire.MemberlistSizes;
import dev.hearsay.wire.PacketCodec;
import dev.hearsay.wire.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The news of a cluster in which members come and go: half of it suspicions, a third {@code alive}, a sixth {@code dead}. So
 * it was in simulations of 200 and 1,000 nodes where one was killed every three seconds and another came back: 53 to 56 %
 * suspect, 25 to 27 % alive, 17 to 20 % dead; and four in five of them were known already.
 */
final class News {
    /** Members with names, tags and incarnations of usual length. */
    private static final Bytes TAGS =
            Tags.encode(Map.of("role", "web", "dc", "eu-west-1", "version", "2026.11.3", "zone", "b"));

    private static final long INCARNATION = 50_000_000;

    /** Whence packets come and where they go. */
    static final Address SENDER = address(1);

    private News() {}

    static String name(int member) {
        return String.format(Locale.ROOT, "web-%05d.eu-west-1", member);
    }

    static Address address(int member) {
        return Address.ipv4(10, 20, member >> 8, member & 0xFF, 7946);
    }

    static Identity identity() {
        return new Identity("self.eu-west-1", Address.ipv4(10, 21, 0, 1, 7946), TAGS, Versions.SERF, INCARNATION);
    }

    static Message.Alive alive(int member) {
        return new Message.Alive(name(member), INCARNATION, address(member), TAGS, Versions.SERF);
    }

    static Message.Suspect suspect(int member, int accuser) {
        return new Message.Suspect(name(member), INCARNATION, name(accuser));
    }

    static Message.Dead dead(int member, int accuser) {
        return new Message.Dead(name(member), INCARNATION, name(accuser));
    }

    /** Number n of a history in which everything is new to whoever hears it for the first time, in order. */
    private static Message told(int n) {
        int one = n / 6 * 2;
        int other = one + 1;
        return switch (n % 6) {
            case 0 -> alive(one);
            case 1 -> alive(other);
            case 2 -> suspect(one, 2000);
            case 3 -> suspect(one, 3000);
            case 4 -> suspect(other, 2000);
            default -> dead(one, 2000);
        };
    }

    /** The same shares, one piece of news about each of so many members. */
    static List<Message.News> aboutEach(int members) {
        List<Message.News> news = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            news.add(
                    switch (member % 6) {
                        case 0, 4 -> alive(member);
                        case 2 -> dead(member, 2000);
                        default -> suspect(member, 3000);
                    });
        }
        return news;
    }

    /** The history from its beginning, in so many packets, each as full as the core makes it. */
    static List<Message> packets(int count, Layers layers) {
        Sizes sizes = new MemberlistSizes(layers::config);
        int budget = Config.lan().packetBytes() - sizes.packetOverhead() - sizes.perCompound();
        List<Message> packets = new ArrayList<>();
        int n = 0;
        while (packets.size() < count) {
            List<Message> parts = new ArrayList<>();
            int left = budget - cost(told(n), sizes);
            while (left >= 0) {
                parts.add(told(n++));
                left -= cost(told(n), sizes);
            }
            packets.add(new Message.Compound(parts));
        }
        return packets;
    }

    /** How many messages there are in those packets. */
    static int parts(List<Message> packets) {
        return packets.stream()
                .mapToInt(packet -> ((Message.Compound) packet).parts().size())
                .sum();
    }

    private static int cost(Message part, Sizes sizes) {
        return sizes.of(part) + sizes.perPart();
    }

    /** The bytes of each. */
    static byte[][] encode(List<Message> messages, PacketCodec codec) {
        return messages.stream().map(codec::encode).toArray(byte[][]::new);
    }

    /** A push/pull with so many members, one in a hundred of them gone. */
    static StreamMessage.PushPull pushPull(int members) {
        List<Claim> claims = new ArrayList<>();
        List<StreamMessage.StatusTime> times = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            Message.Alive alive = alive(member);
            claims.add(new Claim(
                    alive.node(),
                    alive.incarnation(),
                    alive.address(),
                    alive.meta(),
                    alive.versions(),
                    member % 100 == 99 ? MemberState.DEAD : MemberState.ALIVE));
            times.add(new StreamMessage.StatusTime(alive.node(), 1 + member));
        }
        return new StreamMessage.PushPull(
                false, claims, new StreamMessage.SerfState(4711, times, List.of(), 1, 1, List.of()));
    }
}
