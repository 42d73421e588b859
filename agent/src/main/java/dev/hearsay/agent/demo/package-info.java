/**
 * {@code hearsay demo}: real agents as child processes, and a story about them. The demo is an ordinary RPC client; what it
 * shows is what the agents say.
 */
@NullMarked
package dev.hearsay.agent.demo;

import org.jspecify.annotations.NullMarked;
