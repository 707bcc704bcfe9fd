/**
 * What answers statements: H2, an embedded SQL engine, in memory and in its MySQL mode. A {@link
 * dev.dockwire.program.mysql.sql.Database} is one server's data, a {@link
 * dev.dockwire.program.mysql.sql.Session} one client's view of it. Statements are read by MySQL's
 * rules ({@link dev.dockwire.program.mysql.sql.Lexer}), what H2 knows is translated for it ({@link
 * dev.dockwire.program.mysql.sql.Translator}), and the rest, {@code SHOW} and {@code SET} above
 * all, is answered here. H2 runs on its caller's thread and has none of its own.
 */
package dev.dockwire.program.mysql.sql;
