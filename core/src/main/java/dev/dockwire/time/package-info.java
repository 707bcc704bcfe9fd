/**
 * Time, chance and order: the only place that reads a clock, sleeps or makes a random number.
 *
 * <p>A {@link dev.dockwire.time.Loop} turns its {@link dev.dockwire.time.Worker workers} on one
 * thread and hands them {@code now}. With a {@link dev.dockwire.time.RealClock} an idle loop parks;
 * with a {@link dev.dockwire.time.VirtualClock} it jumps to the next deadline. Everything above
 * this package receives time as an argument. It calls nothing but its workers.
 */
package dev.dockwire.time;
