package dev.hearsay.bench.detection;

import dev.hearsay.Hearsay;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.core.Config;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A process with some of the twenty nodes, each on an address of its own. It prints a line for each member that one of them
 * comes to list as alive or failed, and ends when its standard input does.
 */
public final class Host {
    private Host() {}

    /** Arguments: the network, the seed's number, and the numbers of this process's nodes: first, and last included. */
    public static void main(String[] args) throws IOException {
        String network = args[0];
        List<Cluster> nodes = new ArrayList<>();
        for (int i = Integer.parseInt(args[2]); i <= Integer.parseInt(args[3]); i++) {
            String name = "n" + i;
            Cluster node = Hearsay.builder()
                    .name(name)
                    .bind(network + "." + i, Pool.PORT)
                    .config(Config.lan())
                    .start();
            nodes.add(node);
            node.listen(event -> tell(name, event));
            if (i != Integer.parseInt(args[1])) {
                node.join(network + "." + args[1] + ":" + Pool.PORT).join().orThrow();
            }
        }
        while (System.in.read() >= 0) {
            // Whoever started this process says nothing; it only is there.
        }
        nodes.forEach(Cluster::close);
    }

    private static void tell(String watcher, MemberEvent event) {
        if (event.kind() == MemberEvent.Kind.JOINED || event.kind() == MemberEvent.Kind.FAILED) {
            boolean alive = event.kind() == MemberEvent.Kind.JOINED;
            System.out.println(
                    watcher + (alive ? " alive " : " failed ") + event.member().name());
        }
    }
}
