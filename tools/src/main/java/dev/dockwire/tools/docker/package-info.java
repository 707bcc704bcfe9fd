/**
 * The {@code docker} program of the Docker host: docker's grammar, texts and exit codes in front of
 * the {@link dev.dockwire.engine.Engine}. It runs as a process like any other, in turn with the
 * fabric, and prints what the docker command of version 28 prints.
 *
 * <p>A class for each command is here; how its flags are read is in {@code flag}, what they ask of
 * a container in {@code option}, what lists are filtered by in {@code filter}, and what inspect
 * shows in {@code inspect}.
 */
package dev.dockwire.tools.docker;
