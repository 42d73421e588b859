/** Measurements of the whole system; each class is a program that {@code bench/run} starts and that prints figures. */
@NullMarked
package dev.hearsay.bench;

import org.jspecify.annotations.NullMarked;
