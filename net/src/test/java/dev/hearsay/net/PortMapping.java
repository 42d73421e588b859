package dev.hearsay.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** A port of loopback that passes packets and streams on to another, as a router or a container host does. */
final class PortMapping implements AutoCloseable {
    private static final int MAX_DATAGRAM = 65_535;

    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicIntegerArray packets = new AtomicIntegerArray(256);
    private volatile int target;

    PortMapping() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        tcp = new ServerSocket(0, 50, loopback);
        udp = new DatagramSocket(tcp.getLocalPort(), loopback);
    }

    /** The port that others see. */
    int port() {
        return tcp.getLocalPort();
    }

    /** Begins to pass on to that port. */
    void to(int port) {
        target = port;
        start(this::passStreams);
        start(this::passPackets);
    }

    /** Streams that came through. */
    int streams() {
        return streams.get();
    }

    /** Packets of that message kind, without any layer around, that came through. */
    int packets(int kind) {
        return packets.get(kind);
    }

    private void passPackets() throws IOException {
        byte[] buffer = new byte[MAX_DATAGRAM];
        InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), target);
        while (!udp.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            udp.receive(packet);
            packets.incrementAndGet(buffer[0] & 0xFF);
            udp.send(new DatagramPacket(buffer, packet.getLength(), to));
        }
    }

    private void passStreams() throws IOException {
        while (!tcp.isClosed()) {
            Socket outside = tcp.accept();
            Socket inside = new Socket(InetAddress.getLoopbackAddress(), target);
            open.addAll(List.of(outside, inside));
            streams.incrementAndGet();
            start(() -> copy(outside, inside));
            start(() -> copy(inside, outside));
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        in.transferTo(out);
        to.shutdownOutput();
    }

    /** Work that a closed socket ends. */
    @FunctionalInterface
    private interface Passing {
        void run() throws IOException;
    }

    private static void start(Passing work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                Thread.currentThread()
                        .interrupt(); // The mapping is closed, or one of its streams: nothing more to pass on.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        breakDown();
    }

    /** Passes nothing on any more. */
    void breakDown() throws IOException {
        tcp.close();
        udp.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
