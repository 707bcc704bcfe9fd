/**
 * Virtual hosts and the small operating system on them: processes, terminals, pipes and files; in
 * rooms of their own, {@code socket} and {@code resolver}.
 *
 * <p>Programs are blocking code on virtual threads; the {@link dev.dockwire.host.Scheduler} runs
 * exactly one at a time, in turns with the fabric, so a program may call its host's stack directly
 * and nothing here needs a lock. The engine makes hosts; programs run on them.
 */
package dev.dockwire.host;
