/**
 * {@code dockwire play}: documentation that is a test. A {@link
 * dev.dockwire.tools.play.ScenarioReader} finds the console blocks of a Markdown file, a {@link
 * dev.dockwire.tools.play.Session} types their lines at a fresh Docker host, and what comes back is
 * compared with what the file says.
 */
package dev.dockwire.tools.play;
