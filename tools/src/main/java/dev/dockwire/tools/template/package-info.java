/**
 * Go's text/template language as the docker client uses it for {@code --format} and {@code -f}.
 * Text goes through {@link Lexer} and {@link Parser} into a tree of {@link Node}s, which {@link
 * Evaluator} walks over plain Java values standing for Go's. Called by the docker commands; calls
 * nothing outside this package.
 */
package dev.dockwire.tools.template;
