/**
 * Who does not answer: SWIM's probing with Lifeguard's patience.
 *
 * <p>Every detector ends in the same place: it raises a suspicion. Confirming, refuting and giving up are shared.
 * References: SWIM (Das, Gupta, Motivala, DSN 2002, sections 3 and 4.2), Lifeguard (Dadgar, Phillips, Currey, 2018,
 * section IV).
 */
@NullMarked
package dev.hearsay.core.detector;

import org.jspecify.annotations.NullMarked;
