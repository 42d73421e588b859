/**
 * What browsers are given: the files of the pages, the engine of the lab ({@link dev.hearsay.web.lab.Lab}), and one small program, which shows that
 * JavaScript gives the same trace as a JVM.
 */
@NullMarked
package dev.hearsay.web;

import org.jspecify.annotations.NullMarked;
