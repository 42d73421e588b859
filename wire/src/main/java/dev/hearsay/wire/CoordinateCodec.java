package dev.hearsay.wire;

import dev.hearsay.core.coordinate.Coordinate;
import org.jspecify.annotations.Nullable;

/** What Serf puts into an ack: one byte, the version of its ping, and the map of a network coordinate. Seconds, as doubles. */
final class CoordinateCodec {
    /** Most dimensions that are read; Serf has 8. */
    static final int MAX_DIMENSIONS = 64;

    private static final int VERSION = 1;
    private static final int REAL = 1 + Double.BYTES;
    private static final long FIELDS =
            Field.ADJUSTMENT.bit() | Field.ERROR.bit() | Field.HEIGHT.bit() | Field.VECTOR.bit();

    private final RawReader in = new RawReader();
    private final Fields fields = new Fields(in);

    /** Bytes that {@link #write} writes. */
    static int size(Coordinate coordinate) {
        int dimensions = coordinate.dimensions();
        return 2
                + Field.ADJUSTMENT.size()
                + Field.ERROR.size()
                + Field.HEIGHT.size()
                + 3 * REAL
                + Field.VECTOR.size()
                + MemberlistSizes.container(dimensions)
                + dimensions * REAL;
    }

    static void write(Coordinate coordinate, RawWriter out) {
        out.octet(VERSION);
        map(coordinate, out);
    }

    /** The map alone. */
    private static void map(Coordinate coordinate, RawWriter out) {
        out.map(4);
        out.key(Field.ADJUSTMENT);
        out.real(coordinate.adjustment());
        out.key(Field.ERROR);
        out.real(coordinate.error());
        out.key(Field.HEIGHT);
        out.real(coordinate.height());
        out.key(Field.VECTOR);
        out.array(coordinate.dimensions());
        for (int i = 0; i < coordinate.dimensions(); i++) {
            out.real(coordinate.at(i));
        }
    }

    /** The coordinate in those bytes; null if there is none, as from a member of bare memberlist, or of another version. */
    @Nullable Coordinate read(byte[] source, int from, int to) throws WireException {
        if (from == to || source[from] != VERSION) {
            return null;
        }
        in.reset(source, from + 1, to);
        fields.read(FIELDS);
        double adjustment = fields.real(Field.ADJUSTMENT);
        double error = fields.real(Field.ERROR);
        double height = fields.real(Field.HEIGHT);
        int dimensions = fields.enter(Field.VECTOR) ? in.array() : 0;
        if (dimensions > MAX_DIMENSIONS) {
            throw new WireException(
                    DropReason.TOO_LONG,
                    Field.VECTOR + " has " + dimensions + " dimensions: must be at most " + MAX_DIMENSIONS);
        }
        double[] vector = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = in.real();
        }
        return Coordinate.of(vector, error, adjustment, height);
    }
}
