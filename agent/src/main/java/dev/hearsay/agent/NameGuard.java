package dev.hearsay.agent;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.MemberEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Notices that the name of this agent is already taken by another one, while it joins.
 *
 * <p>The newcomer yields: an agent that has joined before does not (one forged message must not end a healthy member, as it
 * can in Serf). And it yields only on evidence: somebody accepts connections at the other address. If nobody does, the other
 * claim is what is left of a former self, which the cluster is about to give up.
 */
final class NameGuard implements Cluster.Listener {
    /** How long after a join a conflict may still be reported. */
    static final Duration GRACE = Duration.ofMillis(100);

    private static final int CONNECT_MILLIS = 1000;

    private final String name;
    private final Consumer<String> taken;
    private volatile boolean joining;

    /**
     * A guard that is off.
     *
     * @param taken is told the other agent's address
     */
    NameGuard(String name, Consumer<String> taken) {
        this.name = name;
        this.taken = taken;
    }

    /** A join begins or ends. */
    void joining(boolean value) {
        joining = value;
    }

    @Override
    public void onEvent(MemberEvent event) {
        if (joining
                && event.kind() == MemberEvent.Kind.NAME_CONFLICT
                && event.member().name().equals(name)) {
            Thread check = new Thread(() -> check(event.by()), "name-guard");
            check.setDaemon(true);
            check.start();
        }
    }

    private void check(String claimant) {
        HostPort other = HostPort.parse(claimant, 0);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(other.host(), other.port()), CONNECT_MILLIS);
            taken.accept(claimant);
        } catch (IOException e) {
            // Nobody there: see above.
        }
    }
}
