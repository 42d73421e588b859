/**
 * What browsers are given: the files of the pages, and one small program, which the build translates and runs to see that
 * JavaScript gives the same trace as a JVM.
 */
@NullMarked
package dev.hearsay.web;

import org.jspecify.annotations.NullMarked;
