package dev.hearsay.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How many bytes this thread allocates while it does something. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /**
     * Does it, and does it again if it allocated more than the bound: the first time a class is loaded, and a first time
     * there is in any test.
     *
     * @throws AssertionError if it allocates more each time
     */
    public static void atMost(long bytes, Runnable action) {
        long allocated = 0;
        for (int i = 0; i < 3; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            action.run();
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (allocated <= bytes) {
                return;
            }
        }
        throw new AssertionError("allocates " + allocated + " bytes: must be at most " + bytes);
    }

    /** Most bytes that so many bytes of LZW can expand to: each code of 9 bits stands for one byte more than the last. */
    public static long expanded(int compressed) {
        long codes = 8L * compressed / 9 + 1;
        return codes <= 4096 ? codes * (codes + 1) / 2 : codes * 4096;
    }
}
