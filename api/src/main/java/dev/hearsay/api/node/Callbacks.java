package dev.hearsay.api.node;

import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an application is called.
 *
 * @param executor where
 * @param failures what becomes of an exception that a listener throws
 */
public record Callbacks(Executor executor, Failures failures) {
    private static final Logger log = LoggerFactory.getLogger(Callbacks.class);

    /** What becomes of exceptions. */
    @FunctionalInterface
    public interface Failures {
        /**
         * A listener has failed.
         *
         * @param event what it was told
         */
        void failed(Object event, Throwable failure);
    }

    /** On that executor; what a listener throws goes to the log. */
    public static Callbacks on(Executor executor) {
        return new Callbacks(executor, (event, failure) -> log.warn("a listener failed on {}", event, failure));
    }
}
