package dev.hearsay.web.lab;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A setting that is a number: its range, and for which protocols it means something.
 *
 * @param whole whether it has no decimals
 * @param most the greatest value, in other protocols than SWIM
 * @param mostSwim the greatest value in SWIM
 * @param usual the value if nothing was said, in other protocols than SWIM
 * @param usualSwim the value in SWIM if nothing was said
 */
record LabField(
        String name,
        String label,
        boolean whole,
        double least,
        double most,
        double mostSwim,
        double usual,
        double usualSwim,
        String unit,
        Set<Protocol> protocols,
        String help) {

    private static final Set<Protocol> ALL = EnumSet.allOf(Protocol.class);
    private static final Set<Protocol> PUSHES = EnumSet.of(Protocol.PUSH, Protocol.PUSH_THEN_PULL);
    private static final Set<Protocol> SWIM = EnumSet.of(Protocol.SWIM);
    private static final Set<Protocol> BROADCAST = EnumSet.of(Protocol.BROADCAST);

    /** All of them, in the order in which a page shows them and a link has them. */
    static final List<LabField> FIELDS = List.of(
            new LabField(
                    "n",
                    "Nodes",
                    true,
                    2,
                    100_000,
                    2000,
                    100,
                    50,
                    "",
                    ALL,
                    "How many there are. 10,000 are comfortable for a rumor; more take memory and patience."),
            new LabField(
                    "fanout",
                    "Fan-out",
                    true,
                    1,
                    32,
                    32,
                    3,
                    3,
                    "",
                    EnumSet.of(Protocol.PUSH, Protocol.PUSH_THEN_PULL, Protocol.SWIM),
                    "To how many others a node tells its news in a round."),
            new LabField(
                    "interval",
                    "Interval",
                    true,
                    10,
                    10_000,
                    10_000,
                    200,
                    1000,
                    "ms",
                    ALL,
                    "How long a round is. Push: from hearing to the first telling, and from one to the next. Pull, push-pull: from"
                            + " one exchange of a node to its next. SWIM: the protocol period. Broadcast: after how long the server sends"
                            + " again to whoever has not acknowledged."),
            new LabField(
                    "rounds",
                    "Rounds",
                    true,
                    1,
                    16,
                    16,
                    3,
                    3,
                    "",
                    PUSHES,
                    "How often a node tells of the rumor once it has it."),
            new LabField(
                    "exchange",
                    "Exchange",
                    true,
                    0,
                    60_000,
                    60_000,
                    5000,
                    5000,
                    "ms",
                    PUSHES,
                    "How often a node compares what it has with another, to find what pushing has missed. 0: never."),
            new LabField(
                    "loss", "Loss", false, 0, 90, 90, 0, 0, "%", ALL, "Share of packets that vanish on their way."),
            new LabField(
                    "latency",
                    "Latency",
                    true,
                    0,
                    2000,
                    2000,
                    30,
                    30,
                    "ms",
                    ALL,
                    "One way, on average: evenly spread from half to one and a half times that."),
            new LabField(
                    "bytes",
                    "Rumor",
                    true,
                    0,
                    1000,
                    1000,
                    32,
                    32,
                    "bytes",
                    EnumSet.of(
                            Protocol.PUSH,
                            Protocol.PULL,
                            Protocol.PUSH_PULL,
                            Protocol.PUSH_THEN_PULL,
                            Protocol.BROADCAST),
                    "How long the rumor itself is. It always fits into a packet."),
            new LabField(
                    "uplink",
                    "Uplink",
                    true,
                    1,
                    1000,
                    1000,
                    10,
                    10,
                    "ms",
                    BROADCAST,
                    "How long the server's uplink takes for each message."),
            new LabField(
                    "guards",
                    "Guards",
                    true,
                    0,
                    5,
                    5,
                    0,
                    0,
                    "",
                    SWIM,
                    "To how many others a node keeps an idle stream, which tells both at once when the other's process dies."),
            new LabField(
                    "seed",
                    "Seed",
                    true,
                    0,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    1,
                    1,
                    "",
                    ALL,
                    "Everything left to chance follows from it: the same seed, the same run."));

    /** The field with that name; an empty list if there is none. */
    static List<LabField> named(String name) {
        for (LabField each : FIELDS) {
            if (each.name.equals(name)) {
                return List.of(each);
            }
        }
        return List.of();
    }

    double most(Protocol protocol) {
        return protocol == Protocol.SWIM ? mostSwim : most;
    }

    double usual(Protocol protocol) {
        return protocol == Protocol.SWIM ? usualSwim : usual;
    }

    /** What is wrong with a value, naming field, value and rule; empty if nothing is. */
    String problem(double value, Protocol protocol) {
        boolean fits = value >= least && value <= most(protocol) && (!whole || Numbers.whole(value));
        return fits ? "" : rule(Numbers.finite(value), protocol);
    }

    /** What to say about a value that does not fit. */
    String rule(String value, Protocol protocol) {
        return name + " '" + Json.shortened(value) + "': must be " + (whole ? "a whole number, " : "a number, ")
                + Numbers.text(least) + " to " + Numbers.text(most(protocol))
                + (most != mostSwim ? ", with protocol " + protocol.text : "");
    }

    /** What a page needs to know to show it. */
    Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("name", name);
        schema.put("label", label);
        schema.put("type", whole ? "int" : "number");
        schema.put("min", least);
        schema.put("max", most);
        schema.put("default", usual);
        if (most != mostSwim) {
            schema.put("maxFor", Map.of(Protocol.SWIM.text, mostSwim));
        }
        if (usual != usualSwim) {
            schema.put("defaultFor", Map.of(Protocol.SWIM.text, usualSwim));
        }
        schema.put("unit", unit);
        schema.put("choices", List.of());
        schema.put("protocols", protocols.stream().map(each -> each.text).toList());
        schema.put("help", help);
        return schema;
    }
}
