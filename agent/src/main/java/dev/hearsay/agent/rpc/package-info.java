/**
 * Serf's RPC protocol: how command lines talk to a running agent. Requests and replies are msgpack maps back to back on a
 * TCP connection. {@link dev.hearsay.agent.rpc.RpcServer} answers them for a {@link dev.hearsay.api.Cluster}, {@link
 * dev.hearsay.agent.rpc.RpcClient} asks; each also understands Serf's own counterpart.
 *
 * <p>Plain blocking sockets on both sides: a short command must not pay for loading a network framework, and an agent has
 * a handful of these clients, not thousands.
 */
@NullMarked
package dev.hearsay.agent.rpc;

import org.jspecify.annotations.NullMarked;
