/**
 * The core and the simulator in a browser. For now one small program, which the build translates and runs to see that
 * JavaScript gives the same trace as a JVM; the lab in the browser will stand on it.
 */
@NullMarked
package dev.hearsay.web;

import org.jspecify.annotations.NullMarked;
