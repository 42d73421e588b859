package dev.hearsay.core;

import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.detector.Answering;
import dev.hearsay.core.detector.FailureDetector;
import dev.hearsay.core.detector.Guards;
import dev.hearsay.core.membership.Membership;
import dev.hearsay.core.sync.AntiEntropy;

/** Which component takes what comes over streams: nothing is decided here. */
final class StreamRouter {
    final StreamMessage.Receiver requests = new Requests();
    final StreamMessage.Receiver replies = new Replies();

    private final Membership membership;
    private final FailureDetector detector;
    private final Answering answering;
    private final Guards guards;
    private final AntiEntropy antiEntropy;
    private final UserMessages userMessages;
    private final Message.Receiver packets;
    private final Counters counters;

    /** Routes to these; what else comes in packets goes where packets go. */
    StreamRouter(
            Membership membership,
            FailureDetector detector,
            Answering answering,
            Guards guards,
            AntiEntropy antiEntropy,
            UserMessages userMessages,
            Message.Receiver packets,
            Counters counters) {
        this.membership = membership;
        this.detector = detector;
        this.answering = answering;
        this.guards = guards;
        this.antiEntropy = antiEntropy;
        this.userMessages = userMessages;
        this.packets = packets;
        this.counters = counters;
    }

    /** A stream that this node opened brought nothing. */
    void onFailed(long stream, StreamFailure failure, String detail, long now, Outbox out) {
        if (detector.owns(stream)) {
            detector.onStreamFailed(stream, failure, now, out);
        } else if (guards.owns(stream)) {
            guards.onFailed(stream, failure, now, out);
        } else if (userMessages.owns(stream)) {
            userMessages.onStreamFailed(stream, failure, detail, out);
        } else {
            antiEntropy.onFailed(stream, failure, detail, out);
        }
    }

    /** What peers ask over streams. */
    private final class Requests implements StreamMessage.Receiver {
        @Override
        public void onPushPull(long stream, StreamMessage.PushPull state, long now, Outbox out) {
            antiEntropy.onRequest(stream, state, now, out);
        }

        @Override
        public void onDigest(long stream, StreamMessage.Digest digest, long now, Outbox out) {
            antiEntropy.onDigestRequest(stream, digest, out);
        }

        @Override
        public void onDelta(long stream, StreamMessage.Delta delta, long now, Outbox out) {
            antiEntropy.onDeltaRequest(stream, delta, now, out);
        }

        @Override
        public void onStreamPing(long stream, StreamMessage.StreamPing request, long now, Outbox out) {
            answering.onStreamPing(stream, request.ping(), out);
        }

        @Override
        public void onStreamAck(long stream, StreamMessage.StreamAck ack, long now, Outbox out) {
            counters.count(Counter.STREAMS_UNEXPECTED);
        }

        @Override
        public void onStreamUser(long stream, StreamMessage.StreamUser user, long now, Outbox out) {
            // Whence it came does not matter to the layer above, and a stream does not tell.
            user.message().deliver(membership.self().address(), packets, now, out);
        }

        @Override
        public void onGuard(long stream, StreamMessage.Guard guard, long now, Outbox out) {
            guards.onRequest(stream, guard, now, out);
        }

        @Override
        public void onRefusal(long stream, StreamMessage.Refusal refusal, long now, Outbox out) {
            counters.count(Counter.STREAMS_UNEXPECTED);
        }
    }

    /** What comes back on streams that this node opened. */
    private final class Replies implements StreamMessage.Receiver {
        @Override
        public void onPushPull(long stream, StreamMessage.PushPull state, long now, Outbox out) {
            if (exchanged(stream, "a push/pull", now, out)) {
                antiEntropy.onReply(stream, state, now, out);
            }
        }

        @Override
        public void onDigest(long stream, StreamMessage.Digest digest, long now, Outbox out) {
            if (exchanged(stream, "a digest", now, out)) {
                antiEntropy.onDigestReply(stream, digest, out);
            }
        }

        @Override
        public void onDelta(long stream, StreamMessage.Delta delta, long now, Outbox out) {
            if (exchanged(stream, "a delta", now, out)) {
                antiEntropy.onDeltaReply(stream, delta, now, out);
            }
        }

        /** Whether the stream may be one of the anti-entropy's. */
        private boolean exchanged(long stream, String what, long now, Outbox out) {
            if (guards.owns(stream)) {
                unexpected(stream, what + " instead of silence", now, out);
                return false;
            }
            if (detector.owns(stream) || userMessages.owns(stream)) {
                counters.count(Counter.STREAMS_UNEXPECTED);
                return false;
            }
            return true;
        }

        @Override
        public void onStreamPing(long stream, StreamMessage.StreamPing ping, long now, Outbox out) {
            unexpected(stream, "a ping instead of an answer", now, out);
        }

        @Override
        public void onStreamAck(long stream, StreamMessage.StreamAck ack, long now, Outbox out) {
            if (detector.owns(stream)) {
                detector.onStreamAck(ack, now, out);
            } else {
                unexpected(stream, "an ack instead of a push/pull", now, out);
            }
        }

        @Override
        public void onStreamUser(long stream, StreamMessage.StreamUser user, long now, Outbox out) {
            unexpected(stream, "a user message instead of an answer", now, out);
        }

        @Override
        public void onGuard(long stream, StreamMessage.Guard guard, long now, Outbox out) {
            unexpected(stream, "a guard instead of an answer", now, out);
        }

        @Override
        public void onRefusal(long stream, StreamMessage.Refusal refusal, long now, Outbox out) {
            onFailed(stream, StreamFailure.DENIED, refusal.reason(), now, out);
        }

        private void unexpected(long stream, String detail, long now, Outbox out) {
            counters.count(Counter.STREAMS_UNEXPECTED);
            onFailed(stream, StreamFailure.MALFORMED, detail, now, out);
        }
    }
}
