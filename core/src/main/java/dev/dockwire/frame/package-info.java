/**
 * What the bytes mean: views over a frame's bytes for the data path, immutable values for tests,
 * logs and slow paths, addresses, the names of ports, the Internet checksum, and the reasons a
 * frame is dropped for.
 *
 * <p>Everything above calls this package; it calls nothing. Views allocate nothing and never throw
 * after a successful {@code wrap}; values are records with {@code parse} and {@code emit}.
 */
package dev.dockwire.frame;
