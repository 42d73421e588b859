/** Network coordinates (Vivaldi, Dabek et al. 2004, as in Serf): how far apart two members are, without measuring each pair. */
@NullMarked
package dev.hearsay.core.coordinate;

import org.jspecify.annotations.NullMarked;
