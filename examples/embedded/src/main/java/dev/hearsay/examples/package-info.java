/** Small programs on the public API. */
@NullMarked
package dev.hearsay.examples;

import org.jspecify.annotations.NullMarked;
