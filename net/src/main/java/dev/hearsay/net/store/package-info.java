/**
 * The file in which a node keeps the shared state beyond its process. What happens in the node's loop is handed over and written by a thread
 * of its own, in batches; {@link dev.hearsay.net.store.EntryStore} is what it needs of a file.
 */
@NullMarked
package dev.hearsay.net.store;

import org.jspecify.annotations.NullMarked;
