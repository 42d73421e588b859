/** Files in which the agent keeps what changes while it runs: its tags and its keys. Replaced in one step, for its user only. */
@NullMarked
package dev.hearsay.agent.state;

import org.jspecify.annotations.NullMarked;
