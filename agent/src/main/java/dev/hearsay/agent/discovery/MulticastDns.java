package dev.hearsay.agent.discovery;

import dev.hearsay.agent.HostPort;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceInfo;
import org.jspecify.annotations.Nullable;

/**
 * Multicast DNS: members of one name are services {@code _serf_NAME._tcp.local}, as with Serf. It speaks IPv4, or IPv6 if IPv4
 * is switched off or the interface has none, never both (Serf asks over both). The address announced is the one of the
 * interface on which it speaks: behind address translation, this cannot work.
 */
public final class MulticastDns implements Lookup {
    /** How long one look waits for answers. They come within a tenth of a second, or, when many answer, spread over half of one. */
    private static final long WAIT_MILLIS = 1000;

    private final String node;
    private final String cluster;
    private final InetSocketAddress address;
    private final InetAddress local;
    private @Nullable JmDNS dns;
    private boolean closed;

    private MulticastDns(String node, String cluster, InetSocketAddress address, InetAddress local) {
        this.node = node;
        this.cluster = cluster;
        this.address = address;
        this.local = local;
    }

    /**
     * Announcements of a node, not yet made.
     *
     * @param node its name
     * @param cluster the name that the members of one cluster share
     * @param address where others reach it
     * @param iface the network interface to speak on; empty for the one that has the address
     * @throws IOException if the interface has no address of an allowed kind
     */
    public static MulticastDns of(
            String node, String cluster, InetSocketAddress address, String iface, boolean ipv4, boolean ipv6)
            throws IOException {
        List<InetAddress> addresses = addresses(iface, address.getAddress())
                .filter(each -> each instanceof Inet4Address ? ipv4 : ipv6)
                .sorted((a, b) -> a.getAddress().length - b.getAddress().length)
                .toList();
        if (addresses.isEmpty()) {
            throw new IOException((iface.isEmpty() ? address.getAddress().getHostAddress() : iface) + " has no "
                    + (ipv4 ? (ipv6 ? "" : "IPv4 ") : "IPv6 ") + "address on this machine");
        }
        InetAddress local = addresses.contains(address.getAddress()) ? address.getAddress() : addresses.get(0);
        return new MulticastDns(node, cluster, address, local);
    }

    private static Stream<InetAddress> addresses(String iface, InetAddress of) throws IOException {
        NetworkInterface found =
                iface.isEmpty() ? NetworkInterface.getByInetAddress(of) : NetworkInterface.getByName(iface);
        return found == null ? Stream.empty() : found.inetAddresses();
    }

    /** This node, as {@link #find} shows it. */
    public String self() {
        return new HostPort(local.getHostAddress(), address.getPort()).toString();
    }

    @Override
    public void announce() throws IOException {
        String text = "Serf '" + cluster + "' cluster";
        open().registerService(ServiceInfo.create(type(), node, address.getPort(), 0, 0, text));
    }

    @Override
    public Collection<String> find() throws IOException {
        Set<String> found = new LinkedHashSet<>();
        for (ServiceInfo service : open().list(type(), WAIT_MILLIS)) {
            InetAddress[] addresses =
                    local instanceof Inet4Address ? service.getInet4Addresses() : service.getInet6Addresses();
            Arrays.stream(addresses)
                    .findFirst()
                    .ifPresent(host -> found.add(new HostPort(host.getHostAddress(), service.getPort()).toString()));
        }
        return found;
    }

    private synchronized JmDNS open() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        if (dns == null) {
            // The address has a name of its own, because otherwise an unicast DNS is asked for one, which may take
            // long.
            String host = node.replaceAll("[^A-Za-z0-9-]", "-");
            dns = JmDNS.create(InetAddress.getByAddress(host, local.getAddress()), host);
        }
        return dns;
    }

    private String type() {
        return "_serf_" + cluster + "._tcp.local.";
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (dns != null) {
            try {
                dns.close();
            } catch (IOException e) {
                return;
            }
        }
    }
}
