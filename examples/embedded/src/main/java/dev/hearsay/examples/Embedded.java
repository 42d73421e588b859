package dev.hearsay.examples;

import dev.hearsay.Hearsay;
import dev.hearsay.api.Cluster;
import java.io.IOException;
import java.util.Arrays;

/** A program with a node in it: prints who comes and goes until Enter is pressed. Arguments: a name, a port, seeds. */
public final class Embedded {

    private Embedded() {}

    /** Runs the program. */
    public static void main(String[] args) throws IOException {
        if (args.length < 2) {
            System.err.println("usage: Embedded NAME PORT [SEED...]   e.g. Embedded b 7947 127.0.0.1:7946");
            System.exit(2);
        }
        try (Cluster cluster = Hearsay.builder()
                .name(args[0])
                .bind("127.0.0.1", Integer.parseInt(args[1]))
                .start()) {
            cluster.listen(event ->
                    System.out.println(event.kind() + " " + event.member().name()));
            if (args.length > 2) {
                cluster.join(Arrays.asList(args).subList(2, args.length)).join().orThrow();
            }
            System.out.println("up at " + cluster.self().address() + "; Enter leaves");
            if (System.in.read() >= 0) {
                cluster.leave().join();
            }
        }
    }
}
