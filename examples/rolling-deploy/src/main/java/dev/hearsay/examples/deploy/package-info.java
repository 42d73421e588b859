/** A rolling deploy without a leader: {@code Turns} is the part that decides who goes next. */
@NullMarked
package dev.hearsay.examples.deploy;

import org.jspecify.annotations.NullMarked;
