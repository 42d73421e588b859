package dev.hearsay.agent.metrics;

import dev.hearsay.agent.Daemons;
import dev.hearsay.agent.HostPort;
import dev.hearsay.api.Cluster;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a node's figures to a statsd by UDP, to a statsite by TCP, or to both, every {@value #SECONDS} seconds from a thread of
 * its own. Figures that cannot be sent are lost; the log says so when it begins and when it ends.
 */
public final class StatsSender implements AutoCloseable {
    /** How often. */
    static final int SECONDS = 10;
    /** Longest datagram: what fits into an Ethernet frame. */
    static final int PACKET_BYTES = 1400;

    private static final Logger LOG = LoggerFactory.getLogger(StatsSender.class);

    private final @Nullable HostPort statsd;
    private final @Nullable HostPort statsite;
    private final Cluster cluster;
    private final StatsLines lines = new StatsLines(hostName());
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("stats-sender"));
    private final StatsStream stream = new StatsStream();
    private boolean failing;

    private StatsSender(Cluster cluster, @Nullable HostPort statsd, @Nullable HostPort statsite) {
        this.cluster = cluster;
        this.statsd = statsd;
        this.statsite = statsite;
    }

    /** Begins to send; null if there is nobody to send to. */
    public static @Nullable StatsSender start(Cluster cluster, @Nullable HostPort statsd, @Nullable HostPort statsite) {
        if (statsd == null && statsite == null) {
            return null;
        }
        StatsSender sender = new StatsSender(cluster, statsd, statsite);
        cluster.listen(sender.lines::count);
        var unused = sender.timer.scheduleAtFixedRate(sender::send, SECONDS, SECONDS, TimeUnit.SECONDS);
        return sender;
    }

    @Override
    public void close() {
        timer.execute(stream::close);
        timer.shutdown();
    }

    private void send() {
        try {
            List<String> next = lines.next(cluster.stats());
            if (statsd != null) {
                sendPackets(next, statsd.resolved());
            }
            if (statsite != null) {
                stream.send(next, statsite.resolved());
            }
            if (failing) {
                failing = false;
                LOG.info("Figures are sent again");
            }
        } catch (IOException | IllegalArgumentException e) {
            if (!failing) {
                failing = true;
                LOG.warn("Figures cannot be sent: {}", e.getMessage());
            }
        }
    }

    /** As many whole lines in each as fit. */
    static void sendPackets(List<String> lines, InetSocketAddress to) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            StringBuilder packet = new StringBuilder();
            for (String line : lines) {
                if (packet.length() + line.length() > PACKET_BYTES) {
                    flush(socket, packet, to);
                }
                packet.append(line);
            }
            flush(socket, packet, to);
        }
    }

    private static void flush(DatagramSocket socket, StringBuilder packet, InetSocketAddress to) throws IOException {
        byte[] bytes = packet.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        }
        packet.setLength(0);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
