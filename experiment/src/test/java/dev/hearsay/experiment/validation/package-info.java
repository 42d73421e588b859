/** The papers' figures in small, and the page that has them. */
@NullMarked
package dev.hearsay.experiment.validation;

import org.jspecify.annotations.NullMarked;
