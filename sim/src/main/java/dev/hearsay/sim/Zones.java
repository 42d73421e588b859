package dev.hearsay.sim;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which members are near each other: each belongs to one zone, such as a rack or a region, and the network inside a zone, or
 * from one to another, may differ from the one of the whole simulation. Immutable.
 *
 * <p>Zones have numbers from 0. What the network from one zone to another is while the simulation runs:
 * {@link Simulation#network(int, int)}.
 */
public final class Zones {
    /** Most zones: the networks between them are a table of so many by so many. */
    public static final int MAX_ZONES = 256;

    /** No zones: everybody is in zone 0, on the network of the whole simulation. */
    static final Zones NONE = new Zones(1, new int[0], new LinkedHashMap<>());

    private final int count;
    private final int[] zoneOf;
    private final Map<Between, Network> networks;

    /** From one zone to another, or inside one. */
    private record Between(int from, int to) {}

    private Zones(int count, int[] zoneOf, Map<Between, Network> networks) {
        this.count = count;
        this.zoneOf = zoneOf;
        this.networks = networks;
    }

    /**
     * Zones by the zone of each member, in the order of their index; as many zones as the highest number says.
     *
     * @throws IllegalArgumentException if there is no member, or a zone is not 0 to {@value #MAX_ZONES} - 1
     */
    public static Zones of(int... zoneOf) {
        if (zoneOf.length == 0) {
            throw new IllegalArgumentException("zones of no members: must be the zone of each member");
        }
        int highest = 0;
        for (int zone : zoneOf) {
            if (zone < 0 || zone >= MAX_ZONES) {
                throw new IllegalArgumentException(
                        "zone " + zone + " is out of range: must be 0 to " + (MAX_ZONES - 1));
            }
            highest = Math.max(highest, zone);
        }
        return new Zones(highest + 1, zoneOf.clone(), new LinkedHashMap<>());
    }

    /**
     * Zones of these sizes: the first so many members are in zone 0, the next in zone 1 and so on.
     *
     * @throws IllegalArgumentException if a size is below 1, or there are none, or more than {@value #MAX_ZONES}
     */
    public static Zones sizes(int... sizes) {
        if (sizes.length < 1 || sizes.length > MAX_ZONES) {
            throw new IllegalArgumentException("zones " + sizes.length + " is out of range: must be 1 to " + MAX_ZONES);
        }
        int nodes = 0;
        for (int size : sizes) {
            if (size < 1 || size > SimulationBuilder.MAX_NODES - nodes) {
                throw new IllegalArgumentException(
                        "size " + size + " of a zone is out of range: must be 1 or more, and "
                                + SimulationBuilder.MAX_NODES + " at most in all");
            }
            nodes += size;
        }
        int[] zoneOf = new int[nodes];
        int from = 0;
        for (int zone = 0; zone < sizes.length; zone++) {
            Arrays.fill(zoneOf, from, from + sizes[zone], zone);
            from += sizes[zone];
        }
        return new Zones(sizes.length, zoneOf, new LinkedHashMap<>());
    }

    /** The same zones with that network inside each of them. */
    public Zones inside(Network network) {
        Zones next = this;
        for (int zone = 0; zone < count; zone++) {
            next = next.oneWay(zone, zone, network);
        }
        return next;
    }

    /** The same zones with that network from any of them to any other. */
    public Zones across(Network network) {
        Map<Between, Network> all = new LinkedHashMap<>(networks);
        for (int from = 0; from < count; from++) {
            for (int to = 0; to < count; to++) {
                if (from != to) {
                    all.put(new Between(from, to), network);
                }
            }
        }
        return new Zones(count, zoneOf, all);
    }

    /** The same zones with that network between those two, in both directions; or inside one, if it is twice the same. */
    public Zones between(int one, int other, Network network) {
        return oneWay(one, other, network).oneWay(other, one, network);
    }

    /**
     * The same zones with that network from one of them to another.
     *
     * @throws IllegalArgumentException if there is no zone of that number
     */
    public Zones oneWay(int from, int to, Network network) {
        check("from", from);
        check("to", to);
        Map<Between, Network> all = new LinkedHashMap<>(networks);
        all.put(new Between(from, to), network);
        return new Zones(count, zoneOf, all);
    }

    /** How many zones there are. */
    public int count() {
        return count;
    }

    /** How many members there are in all of them; 0 if nothing was said about zones. */
    public int members() {
        return zoneOf.length;
    }

    /** The zone of the member with that index. */
    public int of(int node) {
        return zoneOf.length == 0 ? 0 : zoneOf[node];
    }

    /** The network from one zone to another as the simulation begins: {@code otherwise} if nothing was said. */
    Network network(int from, int to, Network otherwise) {
        Network own = networks.get(new Between(from, to));
        return own == null ? otherwise : own;
    }

    void check(String field, int zone) {
        if (zone < 0 || zone >= count) {
            throw new IllegalArgumentException(field + " " + zone + " is no zone: must be 0 to " + (count - 1));
        }
    }
}
