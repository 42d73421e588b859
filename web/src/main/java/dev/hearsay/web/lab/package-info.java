/**
 * The lab's engine: what a page in a browser runs, translated to the module {@code engine/engine.js}. {@link dev.hearsay.web.lab.Lab} has the functions
 * that the module exports.
 *
 * <p>Everything here also runs on a JVM, where the tests hold both against each other: the same settings, seed and actions give the same records and the
 * same trace hash.
 */
@NullMarked
package dev.hearsay.web.lab;

import org.jspecify.annotations.NullMarked;
