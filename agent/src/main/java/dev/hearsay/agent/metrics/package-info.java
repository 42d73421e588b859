/** The agent's figures for others' collectors: statsd and statsite, under the names that Serf uses for them. */
@NullMarked
package dev.hearsay.agent.metrics;

import org.jspecify.annotations.NullMarked;
