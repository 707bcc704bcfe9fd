/**
 * {@code dockwire shell}: the console of a Docker host in real time.
 *
 * <p>On a terminal, {@code Keyboard -> Console -> host.Tty}, and back {@code Tty -> Console ->
 * Outlet -> terminal}: while a shell waits for a command JLine edits the line, and at any other
 * time every key goes to the emulated terminal, whose line discipline knows what it means. Without
 * a terminal, {@code StandardInput -> shell -> StandardOutput}.
 */
package dev.dockwire.tools.shell;
