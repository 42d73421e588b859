package dev.hearsay.agent.rpc;

import dev.hearsay.api.ClusterMember;
import dev.hearsay.core.membership.IpText;
import dev.hearsay.wire.Capability;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A member as the RPC protocol shows it.
 *
 * @param name unique in the cluster
 * @param ip where it listens
 * @param port 0 to 65535
 * @param tags what it says of itself, ordered by key
 * @param status alive, leaving, left or failed: Serf's words; a suspect is alive
 * @param suspect whether somebody could not reach it; only Hearsay agents say so
 * @param protocolMin lowest memberlist protocol it understands
 * @param protocolMax highest memberlist protocol it understands
 * @param protocol the memberlist protocol it speaks
 * @param delegateMin lowest Serf protocol it understands
 * @param delegateMax highest Serf protocol it understands
 * @param delegate the Serf protocol it speaks
 * @param capabilities what it can do beyond that, in words; only Hearsay agents say so
 * @param phi how suspicious its silence is; only of members that an agent of Hearsay judges by their heartbeats
 */
public record WireMember(
        String name,
        InetAddress ip,
        int port,
        Map<String, String> tags,
        String status,
        boolean suspect,
        long protocolMin,
        long protocolMax,
        long protocol,
        long delegateMin,
        long delegateMax,
        long delegate,
        List<String> capabilities,
        OptionalDouble phi) {

    static WireMember of(ClusterMember member) {
        return of(member, null);
    }

    /** A member, and how suspicious its silence is; null if it is not judged by its heartbeats. */
    static WireMember of(ClusterMember member, @Nullable Double phi) {
        boolean suspect = member.status() == ClusterMember.Status.SUSPECT;
        return new WireMember(
                member.name(),
                member.address().getAddress(),
                member.address().getPort(),
                member.tags(),
                suspect ? ClusterMember.Status.ALIVE.text() : member.status().text(),
                suspect,
                member.versions().protocolMin(),
                member.versions().protocolMax(),
                member.versions().protocol(),
                member.versions().delegateMin(),
                member.versions().delegateMax(),
                member.versions().delegate(),
                member.capabilities().stream().map(Capability::text).toList(),
                phi == null ? OptionalDouble.empty() : OptionalDouble.of(phi));
    }

    /** A member as an agent sent it. */
    public static WireMember read(RpcMap map) {
        return new WireMember(
                map.text("Name"),
                address(map.bytes("Addr")),
                (int) map.number("Port"),
                new TreeMap<>(map.map("Tags").asTexts()),
                map.text("Status"),
                map.flag("Suspect"),
                map.number("ProtocolMin"),
                map.number("ProtocolMax"),
                map.number("ProtocolCur"),
                map.number("DelegateMin"),
                map.number("DelegateMax"),
                map.number("DelegateCur"),
                map.texts("Capabilities"),
                map.optionalDecimal("Phi"));
    }

    /**
     * As Serf writes it, keys in its order. {@code Capabilities}, {@code Phi} and {@code Suspect} are ours: they are there only for a
     * member that has some, or is one, and Go's decoder skips keys it does not know.
     */
    Map<String, @Nullable Object> write() {
        Map<String, @Nullable Object> map = RpcEncoder.map(
                "Addr", ip.getAddress(),
                "DelegateCur", delegate,
                "DelegateMax", delegateMax,
                "DelegateMin", delegateMin,
                "Name", name,
                "Port", port,
                "ProtocolCur", protocol,
                "ProtocolMax", protocolMax,
                "ProtocolMin", protocolMin,
                "Status", status);
        if (!capabilities.isEmpty()) {
            map.put("Capabilities", capabilities);
        }
        if (phi.isPresent()) {
            map.put("Phi", phi.getAsDouble());
        }
        if (suspect) {
            map.put("Suspect", true);
        }
        map.put("Tags", tags);
        return map;
    }

    /** {@code ip:port}, as Serf prints it: an IPv6 address in brackets. */
    public String address() {
        String host = host();
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    /** The IP address as text. Java writes every group of an IPv6 address; Go, and we, leave out the longest run of zeros. */
    public String host() {
        return IpText.text(ip.getAddress());
    }

    private static InetAddress address(byte[] ip) {
        try {
            return InetAddress.getByAddress(ip);
        } catch (UnknownHostException e) {
            return new InetSocketAddress(0).getAddress();
        }
    }
}
