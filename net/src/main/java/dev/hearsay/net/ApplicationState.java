package dev.hearsay.net;

import dev.hearsay.api.node.SerfDelegate;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Delegate;
import dev.hearsay.wire.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the application for its state. It does so on the node's loop, in the middle of a turn: whatever goes wrong there
 * costs this exchange its state, and the node nothing.
 */
final class ApplicationState implements Delegate {
    private static final Logger log = LoggerFactory.getLogger(ApplicationState.class);

    private final dev.hearsay.api.Delegate application;

    ApplicationState(dev.hearsay.api.Delegate application) {
        this.application = application;
    }

    /** The layer above a node: the application, if it is given as one, else Serf. */
    static Delegate above(NodeSettings settings) {
        dev.hearsay.api.Delegate application = settings.delegate();
        return application == null
                ? new SerfDelegate(settings.serf(), settings.state().config())
                : new ApplicationState(application);
    }

    @Override
    public boolean serf() {
        return false;
    }

    @Override
    public Bytes localState(boolean join) {
        byte[] state;
        try {
            state = application.localState(join);
        } catch (RuntimeException | Error e) {
            log.warn("the delegate's localState failed: a push/pull goes without it", e);
            return Bytes.EMPTY;
        }
        if (state.length > Limits.USER_STATE_BYTES) {
            log.warn(
                    "the delegate's localState has {} bytes: must be at most {}; a push/pull goes without it",
                    state.length,
                    Limits.USER_STATE_BYTES);
            return Bytes.EMPTY;
        }
        return Bytes.of(state);
    }
}
