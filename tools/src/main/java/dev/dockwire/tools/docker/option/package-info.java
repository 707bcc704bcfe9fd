/**
 * What the options of {@code docker run}, {@code create}, {@code exec} and {@code network connect}
 * mean: from their texts to the values of {@link dev.dockwire.engine.spec}, with docker's
 * complaints about what cannot be meant. Some come by the API in the same form.
 */
package dev.dockwire.tools.docker.option;
