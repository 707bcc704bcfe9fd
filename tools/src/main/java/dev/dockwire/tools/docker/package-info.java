/**
 * The {@code docker} program of the Docker host: docker's grammar, texts and exit codes in front of
 * the {@link dev.dockwire.engine.Engine}. It runs as a process like any other, in turn with the
 * fabric, and prints what the docker command of version 28 prints.
 */
package dev.dockwire.tools.docker;
