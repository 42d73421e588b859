package dev.hearsay.experiment.scenario;

import dev.hearsay.experiment.scenario.NetworkPlan.Between;
import dev.hearsay.experiment.scenario.NetworkPlan.Change;
import dev.hearsay.sim.Latency;
import dev.hearsay.sim.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads networks. */
final class Networks {
    private static final Pattern SPAN = Pattern.compile("(heavy\\s+)?(\\S+)\\s*\\.\\.\\s*(\\S+)");

    private static final Quantity<Latency> LATENCY = new Quantity<>(
            "must be a duration such as 1ms, a span such as 1ms..5ms, or a heavy tail such as 'heavy 150us..10ms'",
            Networks::latency);

    private Networks() {}

    static NetworkPlan read(Section section, Members members) {
        Network preset = section.value("preset", Network.lan(), PRESET);
        Change base = change(section);
        List<Between> between = new ArrayList<>();
        for (Section each : section.sections("between")) {
            between(each, members, between);
        }
        section.end();
        return new NetworkPlan(base.change().apply(preset), List.copyOf(between));
    }

    private static final Quantity<Network> PRESET = new Quantity<>("must be lan or wan", name -> switch (name) {
        case "lan" -> Network.lan();
        case "wan" -> Network.wan();
        default -> throw new IllegalArgumentException("must be lan or wan");
    });

    private static void between(Section section, Members members, List<Between> between) {
        List<String> names = section.words("zones");
        List<Integer> numbers = new ArrayList<>();
        for (String name : names) {
            int number = members.zoneNumber(name);
            if (number < 0) {
                section.problem("zones", "there is no zone '" + name + "': see cluster.zones");
            } else {
                numbers.add(number);
            }
        }
        Change change = change(section);
        if (names.isEmpty() || names.size() > 2) {
            section.problem("zones", "must be one zone or two, such as [a, b]");
        } else if (numbers.size() == names.size()) {
            between.add(new Between(numbers.get(0), numbers.get(numbers.size() - 1), change));
        }
        section.end();
    }

    /** What the section says of a network; keys that are not there stay as they are. */
    static Change change(Section section) {
        List<String> words = new ArrayList<>();
        UnaryOperator<Network> all = UnaryOperator.identity();
        all = part(all, words, section, "latency", LATENCY, Network::withLatency);
        all = part(all, words, section, "loss", Quantity.SHARE_OF, Network::withLoss);
        all = part(all, words, section, "duplication", Quantity.SHARE_OF, Network::withDuplication);
        Duration by = section.value("reorder-by", Duration.ofMillis(20), Quantity.SOME_TIME);
        all = part(all, words, section, "reordering", Quantity.SHARE_OF, (n, share) -> n.withReordering(share, by));
        all = part(all, words, section, "corruption", Quantity.SHARE_OF, Network::withCorruption);
        all = part(
                all,
                words,
                section,
                "bandwidth",
                Quantity.BYTES_PER_SECOND,
                (n, rate) -> n.withBandwidth(Math.round(rate)));
        Quantity<Long> queue = Quantity.count(1, (int) Network.MAX_QUEUE_BYTES).then(Integer::longValue);
        all = part(all, words, section, "queue-bytes", queue, Network::withQueueBytes);
        if (section.has("reorder-by") && !section.has("reordering")) {
            section.problem("reorder-by", "has no meaning without 'reordering', the share of packets that it concerns");
        }
        return new Change(String.join(", ", words), all);
    }

    private static <T> UnaryOperator<Network> part(
            UnaryOperator<Network> before,
            List<String> words,
            Section section,
            String key,
            Quantity<T> form,
            java.util.function.BiFunction<Network, T, Network> change) {
        if (!section.has(key)) {
            return before;
        }
        List<T> value = section.value(key, List.of(), form.then(List::of));
        if (value.isEmpty()) {
            return before;
        }
        words.add(key + " " + String.join(" ", section.words(key)));
        return network -> change.apply(before.apply(network), value.get(0));
    }

    private static Latency latency(String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            return Latency.fixed(Quantity.DURATION.read(text));
        }
        Duration least = Quantity.DURATION.read(span.group(2));
        Duration most = Quantity.DURATION.read(span.group(3));
        if (most.compareTo(least) < 0) {
            throw new IllegalArgumentException("ends before it begins");
        }
        if (span.group(1) == null) {
            return Latency.uniform(least, most);
        }
        if (least.isZero()) {
            throw new IllegalArgumentException("a heavy tail must begin above 0");
        }
        return Latency.heavyTailed(least, most);
    }
}
