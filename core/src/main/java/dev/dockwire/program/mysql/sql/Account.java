package dev.dockwire.program.mysql.sql;

import dev.dockwire.program.mysql.Scramble;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody who may log in, from wherever.
 *
 * @param stored what the server keeps of the password
 * @param database the only one that the account may use; nothing for root, who may use all
 */
public record Account(String name, Map<Scramble, byte[]> stored, Optional<String> database) {

  public static Account of(String name, String password, Optional<String> database) {
    return new Account(
        name,
        Map.of(
            Scramble.NATIVE,
            Scramble.NATIVE.stored(password),
            Scramble.CACHING_SHA2,
            Scramble.CACHING_SHA2.stored(password)),
        database);
  }

  public boolean hasPassword() {
    return stored.get(Scramble.CACHING_SHA2).length > 0;
  }
}
