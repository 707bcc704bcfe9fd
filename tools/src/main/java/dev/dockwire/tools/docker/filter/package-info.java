/**
 * Which objects are meant by the filters of a list, of a prune command and of the events, for both
 * front doors: {@code docker}, which takes them from its flags, and the API, which takes them from
 * its queries. What cannot be understood is refused as the engine refuses.
 */
package dev.dockwire.tools.docker.filter;
