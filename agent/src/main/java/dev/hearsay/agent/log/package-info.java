/** The agent's log: Serf's line format on the console, and the last lines kept for whoever asks with {@code monitor}. */
@NullMarked
package dev.hearsay.agent.log;

import org.jspecify.annotations.NullMarked;
