/**
 * Shared state as an application sees it: reads come from an immutable map that the node's loop publishes at the end of each turn, writes are
 * posted to the loop, and watchers hear what changed. What it needs of the node, it says in {@link dev.hearsay.api.node.state.StateHost}.
 */
@NullMarked
package dev.hearsay.api.node.state;

import org.jspecify.annotations.NullMarked;
