/**
 * The agent's HTTP interface: JSON, server-sent events, and metrics for Prometheus. {@link dev.hearsay.agent.http.HttpServer}
 * starts it; {@code RouteTable} lists what it answers, and each {@code ...Routes} class is a part of that list;
 * {@code Guard} says who may ask. Nothing here is loaded by a short command.
 */
@NullMarked
package dev.hearsay.agent.http;

import org.jspecify.annotations.NullMarked;
