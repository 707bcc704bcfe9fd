package dev.dockwire.program.mysql.server;

import dev.dockwire.program.mysql.Scramble;
import dev.dockwire.program.mysql.sql.Account;
import java.util.Map;
import java.util.Optional;

/**
 * Who may log in, and by which plugin they prove it.
 *
 * @param byName a name is good from every address
 */
record Accounts(Map<String, Account> byName, Scramble plugin) {

  Optional<Account> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
