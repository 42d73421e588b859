/** What shared state costs, and how soon it is everywhere. */
@NullMarked
package dev.hearsay.bench.state;

import org.jspecify.annotations.NullMarked;
