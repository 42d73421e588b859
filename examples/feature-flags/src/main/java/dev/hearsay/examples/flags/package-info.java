/** Feature flags in shared state: every instance of a service reads them from its own memory, and any may switch them. */
@NullMarked
package dev.hearsay.examples.flags;

import org.jspecify.annotations.NullMarked;
