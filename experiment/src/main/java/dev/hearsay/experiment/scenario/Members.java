package dev.hearsay.experiment.scenario;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Who is in the cluster.
 *
 * @param count how many; they are called n0, n1 and so on
 * @param start how it begins
 * @param zones in the order of the file: the first members are in the first zone
 * @param watch index of the member whose story the result tells
 */
public record Members(int count, Start start, List<Zone> zones, int watch) implements Who.Zoned {
    /** Most members of a scenario: full SWIM, with shared tables, in some gigabytes. */
    public static final int MOST = 50_000;

    /** How a cluster begins. */
    public enum Start {
        /** Everybody has known everybody for long. */
        TOGETHER,
        /** All join through n0 at the same moment. */
        JOIN
    }

    /**
     * A part of the network, such as a rack, a data centre or a region.
     *
     * @param count how many members it has
     */
    public record Zone(String name, int count) {}

    /** The number of the zone a member belongs to, in the order of the file; 0 if there are none. */
    public int zoneOf(int member) {
        int end = 0;
        for (int i = 0; i < zones.size(); i++) {
            end += zones.get(i).count;
            if (member < end) {
                return i;
            }
        }
        return 0;
    }

    /** The number of the zone with that name; -1 if there is none. */
    public int zoneNumber(String name) {
        for (int i = 0; i < zones.size(); i++) {
            if (zones.get(i).name.equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public BitSet zone(String name) {
        BitSet set = new BitSet();
        int begin = 0;
        for (Zone zone : zones) {
            if (zone.name.equals(name)) {
                set.set(begin, begin + zone.count);
            }
            begin += zone.count;
        }
        return set;
    }

    static Members read(Section section) {
        int count = section.required("members", 10, Quantity.count(1, MOST));
        Start start = section.value("start", Start.TOGETHER, Quantity.oneOf(Start.class));
        int watch = section.value("watch", 0, new Quantity<>("must be a member such as n3", text -> {
            if (!text.matches("n[0-9]{1,7}")) {
                throw new IllegalArgumentException("must be a member such as n3");
            }
            return Integer.parseInt(text.substring(1));
        }));
        if (watch >= count) {
            section.problem("watch", "there is no n" + watch + ": members are n0 to n" + (count - 1));
            watch = 0;
        }
        List<Zone> zones = zones(section, count);
        section.end();
        return new Members(count, start, zones, watch);
    }

    private static List<Zone> zones(Section section, int count) {
        if (!section.has("zones")) {
            return List.of();
        }
        Section names = section.section("zones");
        List<Zone> zones = new ArrayList<>();
        int used = 0;
        for (String name : List.copyOf(names.keys())) {
            int size = names.value(name, 0, sizeAmong(count));
            zones.add(new Zone(name, size));
            used += size;
        }
        // Shares are rounded; what rounding leaves over belongs to the last zone.
        int left = count - used;
        if (!zones.isEmpty() && left != 0 && Math.abs(left) <= zones.size()) {
            Zone last = zones.remove(zones.size() - 1);
            zones.add(new Zone(last.name, last.count + left));
        } else if (left != 0) {
            section.problem("zones", "have " + used + " members together: must be " + count + ", or 100 %");
        }
        return List.copyOf(zones);
    }

    private static Quantity<Integer> sizeAmong(int count) {
        String rule = "must be a number of members, 1 to " + count + ", or a share such as 30 %";
        return new Quantity<>(rule, text -> {
            int size = text.endsWith("%")
                    ? (int) Math.round(Quantity.SHARE_OF.read(text) * count)
                    : Quantity.count(1, count).read(text);
            if (size < 1) {
                throw new IllegalArgumentException("would have no members");
            }
            return size;
        });
    }
}
