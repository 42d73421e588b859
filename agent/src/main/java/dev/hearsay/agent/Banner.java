package dev.hearsay.agent;

import dev.hearsay.agent.config.AgentSettings;
import dev.hearsay.api.Cluster;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What an agent says of itself once it runs, in Serf's layout. */
final class Banner {
    private Banner() {}

    static void print(
            PrintStream out,
            AgentSettings settings,
            Cluster cluster,
            InetSocketAddress rpc,
            @Nullable InetSocketAddress http) {
        out.println("==> Hearsay agent running!");
        AgentSettings.Node node = settings.node();
        row(out, "Node name", "'" + cluster.self().name() + "'");
        row(out, "Bind addr", "'" + node.bind() + "'");
        HostPort advertised = HostPort.of(cluster.self().address());
        if (!advertised.equals(node.bind())) {
            row(out, "Advertise addr", "'" + advertised + "'");
        }
        row(out, "RPC addr", "'" + HostPort.of(rpc) + "'");
        row(out, "HTTP addr", http == null ? "off" : "'" + HostPort.of(http) + "'");
        row(out, "Encrypted", String.valueOf(node.wire().keyring() != null));
        row(out, "Snapshot", String.valueOf(settings.files().snapshot() != null));
        row(out, "Profile", node.profile());
        row(out, "Message Compression Enabled", String.valueOf(node.wire().compress()));
        if (settings.mdns() != null) {
            row(out, "mDNS cluster", settings.mdns().cluster());
        }
    }

    private static void row(PrintStream out, String name, String value) {
        out.printf("%31s: %s%n", name, value);
    }
}
