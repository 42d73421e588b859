/** Lifeguard's pause experiment (Dadgar, Phillips, Currey, DSN 2018) with the configurations that it compares. */
@NullMarked
package dev.hearsay.experiment.lifeguard;

import org.jspecify.annotations.NullMarked;
