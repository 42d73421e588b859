package dev.hearsay.net.store;

import dev.hearsay.Hearsay;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.Codec;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/** A process that writes and says which writes are kept, until it is killed. */
final class StoreChild {
    private static final int UNDER_WAY = 64;

    private StoreChild() {}

    /** Arguments: the file, and the number to begin with. */
    public static void main(String[] arguments) throws InterruptedException {
        Cluster node = Hearsay.builder()
                .name("child")
                .bind("127.0.0.1", 0)
                .stateStore(Path.of(arguments[0]))
                .start();
        Semaphore free = new Semaphore(UNDER_WAY);
        for (int i = Integer.parseInt(arguments[1]); ; i++) {
            int number = i;
            free.acquire();
            var unused = node.state()
                    .map("m", Codec.TEXT)
                    .put("key" + number, "value" + number)
                    .thenRun(() -> {
                        synchronized (System.out) {
                            System.out.println("kept " + number);
                            System.out.flush();
                        }
                        free.release();
                    });
        }
    }
}
