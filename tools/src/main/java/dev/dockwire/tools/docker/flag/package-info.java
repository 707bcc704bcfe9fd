/**
 * How the words of a docker command line are read, with the grammar and the complaints of pflag,
 * the Go library that docker uses. What the flags mean is for the commands to say.
 */
package dev.dockwire.tools.docker.flag;
