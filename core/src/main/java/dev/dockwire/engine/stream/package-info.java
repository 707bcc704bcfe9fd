/**
 * The standard streams of a program in a container, which are there whether or not a client is: a
 * terminal, or streams that clients attach to and leave, and the log of all that was written.
 *
 * <p>Containers own them, and clients get at them through their container; {@code docker exec}
 * lends its own to a program. Of the engine's other things nothing is known here.
 */
package dev.dockwire.engine.stream;
