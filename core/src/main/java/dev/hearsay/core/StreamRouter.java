package dev.hearsay.core;

import dev.hearsay.core.Counters.Counter;

/** Which component takes what comes over streams: nothing is decided here. */
final class StreamRouter {
    final StreamMessage.Receiver requests = new Requests();
    final StreamMessage.Receiver replies = new Replies();

    private final Node node;
    private final Message.Receiver packets;

    /** Routes to the components of that node; what else comes in packets goes where packets go. */
    StreamRouter(Node node, Message.Receiver packets) {
        this.node = node;
        this.packets = packets;
    }

    /** A stream that this node opened brought nothing. */
    void onFailed(long stream, StreamFailure failure, String detail, long now, Outbox out) {
        if (node.detector.owns(stream)) {
            node.detector.onStreamFailed(stream, failure, now, out);
        } else if (node.guards.owns(stream)) {
            node.guards.onFailed(stream, failure, now, out);
        } else if (node.userMessages.owns(stream)) {
            node.userMessages.onStreamFailed(stream, failure, detail, out);
        } else if (node.state.owns(stream)) {
            node.state.onStreamFailed(stream);
        } else {
            node.antiEntropy.onFailed(stream, failure, detail, out);
        }
    }

    /** What peers ask over streams. */
    private final class Requests implements StreamMessage.Receiver {
        @Override
        public void onPushPull(long stream, StreamMessage.PushPull state, long now, Outbox out) {
            node.antiEntropy.onRequest(stream, state, now, out);
        }

        @Override
        public void onDigest(long stream, StreamMessage.Digest digest, long now, Outbox out) {
            node.antiEntropy.onDigestRequest(stream, digest, out);
        }

        @Override
        public void onDelta(long stream, StreamMessage.Delta delta, long now, Outbox out) {
            node.antiEntropy.onDeltaRequest(stream, delta, now, out);
        }

        @Override
        public void onStreamPing(long stream, StreamMessage.StreamPing request, long now, Outbox out) {
            node.answering.onStreamPing(stream, request.ping(), out);
        }

        @Override
        public void onStreamAck(long stream, StreamMessage.StreamAck ack, long now, Outbox out) {
            node.counters.count(Counter.STREAMS_UNEXPECTED);
        }

        @Override
        public void onStreamUser(long stream, StreamMessage.StreamUser user, long now, Outbox out) {
            // Whence it came does not matter to the layer above, and a stream does not tell.
            user.message().deliver(node.membership.self().address(), packets, now, out);
        }

        @Override
        public void onGuard(long stream, StreamMessage.Guard guard, long now, Outbox out) {
            node.guards.onRequest(stream, guard, now, out);
        }

        @Override
        public void onStateExchange(long stream, StreamMessage.StateExchange state, long now, Outbox out) {
            node.state.onRequest(stream, state.frame(), now, out);
        }

        @Override
        public void onRefusal(long stream, StreamMessage.Refusal refusal, long now, Outbox out) {
            node.counters.count(Counter.STREAMS_UNEXPECTED);
        }
    }

    /** What comes back on streams that this node opened. */
    private final class Replies implements StreamMessage.Receiver {
        @Override
        public void onPushPull(long stream, StreamMessage.PushPull state, long now, Outbox out) {
            if (exchanged(stream, "a push/pull", now, out)) {
                node.antiEntropy.onReply(stream, state, now, out);
            }
        }

        @Override
        public void onDigest(long stream, StreamMessage.Digest digest, long now, Outbox out) {
            if (exchanged(stream, "a digest", now, out)) {
                node.antiEntropy.onDigestReply(stream, digest, out);
            }
        }

        @Override
        public void onDelta(long stream, StreamMessage.Delta delta, long now, Outbox out) {
            if (exchanged(stream, "a delta", now, out)) {
                node.antiEntropy.onDeltaReply(stream, delta, now, out);
            }
        }

        /** Whether the stream may be one of the anti-entropy's. */
        private boolean exchanged(long stream, String what, long now, Outbox out) {
            if (node.guards.owns(stream)) {
                unexpected(stream, what + " instead of silence", now, out);
                return false;
            }
            if (node.detector.owns(stream) || node.userMessages.owns(stream) || node.state.owns(stream)) {
                node.counters.count(Counter.STREAMS_UNEXPECTED);
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
            if (node.detector.owns(stream)) {
                node.detector.onStreamAck(ack, now, out);
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
        public void onStateExchange(long stream, StreamMessage.StateExchange state, long now, Outbox out) {
            if (node.state.owns(stream)) {
                node.state.onReply(stream, state.frame(), now, out);
            } else {
                unexpected(stream, "shared state instead of an answer", now, out);
            }
        }

        @Override
        public void onRefusal(long stream, StreamMessage.Refusal refusal, long now, Outbox out) {
            onFailed(stream, StreamFailure.DENIED, refusal.reason(), now, out);
        }

        private void unexpected(long stream, String detail, long now, Outbox out) {
            node.counters.count(Counter.STREAMS_UNEXPECTED);
            onFailed(stream, StreamFailure.MALFORMED, detail, now, out);
        }
    }
}
