package dev.hearsay.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the operating system and the JVM tell of themselves. */
public final class Machine {
    private static final long TICK_NANOS = 10_000_000;

    private Machine() {}

    /** Processor time of this process since it began, in nanoseconds. */
    public static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Bytes of the heap that are in use after a collection. */
    public static long heapUsed() {
        // The second one finds what the first has made unreachable: buffers, finished threads.
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    public static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** Processor time of another process since it began, in nanoseconds, to 10 ms; Linux only. */
    static long cpuNanos(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_NANOS;
    }

    /** Bytes of memory that another process holds; Linux only. */
    static long residentBytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        return 0;
    }

    /** Bytes sent over the loopback interface by whomever, with all headers; 0 where that is not known. */
    static long loopbackBytes() throws IOException {
        for (String line : lines("/proc/net/dev")) {
            if (line.trim().startsWith("lo:")) {
                return Long.parseLong(line.trim().substring(3).trim().split(" +")[8]);
            }
        }
        return 0;
    }

    /** Datagrams of whomever that found the receiver's buffer full; 0 where that is not known. */
    public static long datagramsOverflowed() throws IOException {
        List<String> udp = lines("/proc/net/snmp").stream()
                .filter(l -> l.startsWith("Udp:"))
                .toList();
        if (udp.size() < 2) {
            return 0;
        }
        List<String> names = List.of(udp.get(0).split(" "));
        int at = names.indexOf("RcvbufErrors");
        return at < 0 ? 0 : Long.parseLong(udp.get(1).split(" ")[at]);
    }

    private static List<String> lines(String file) throws IOException {
        Path path = Path.of(file);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }
}
