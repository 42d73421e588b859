/**
 * The command line: what {@code ./hearsay COMMAND} does. Flags, output and exit codes are Serf's, so that scripts made for it
 * work. Only the agent's own command may load Netty and logback: the others have to start fast.
 */
@NullMarked
package dev.hearsay.agent.cli;

import org.jspecify.annotations.NullMarked;
