package dev.dockwire.bench;

import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How what programs do is measured: on one carrier for all virtual threads, the benchmark's own
 * among them.
 */
@Fork(
    value = 1,
    jvmArgs = {
      "-XX:+UseSerialGC",
      "-Xmx256m",
      "-Djdk.virtualThreadScheduler.parallelism=1",
      "-Djmh.executor=VIRTUAL"
    })
@Warmup(iterations = 5, time = 1)
public abstract class MeasuredAsProgram extends Measured {}
