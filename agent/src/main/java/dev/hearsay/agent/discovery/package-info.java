/**
 * Finding other members by multicast DNS (Serf's {@code -discover}). {@link dev.hearsay.agent.discovery.Discovery} decides whom
 * to join and when; {@link dev.hearsay.agent.discovery.MulticastDns} is the network.
 */
@NullMarked
package dev.hearsay.agent.discovery;

import org.jspecify.annotations.NullMarked;
