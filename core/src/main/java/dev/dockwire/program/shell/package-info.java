/**
 * The shell, in the manner of BusyBox ash.
 *
 * <p>A line goes {@link dev.dockwire.program.shell.Lexer} (characters to tokens), {@link
 * dev.dockwire.program.shell.Parser} (tokens to {@link dev.dockwire.program.shell.Command
 * commands}), {@link dev.dockwire.program.shell.Interpreter} (runs them), which has the {@link
 * dev.dockwire.program.shell.Expander} turn words into arguments. Subshells, the stages of a
 * pipeline and background jobs are processes of their own, as after a fork.
 */
package dev.dockwire.program.shell;
