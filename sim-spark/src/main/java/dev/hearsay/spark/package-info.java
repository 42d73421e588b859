/**
 * Runs the sweeps of the module {@code experiment} on Apache Spark: {@link dev.hearsay.spark.SparkSweep} is what {@code spark-submit}
 * starts, {@link dev.hearsay.spark.SparkEngine} what distributes the runs. Everything else is the same code as in a local sweep.
 */
@NullMarked
package dev.hearsay.spark;

import org.jspecify.annotations.NullMarked;
