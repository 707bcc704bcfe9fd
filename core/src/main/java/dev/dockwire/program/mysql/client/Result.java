package dev.dockwire.program.mysql.client;

import java.util.List;

/** What a server answered to a statement. */
sealed interface Result {

  record Done(long affected, String info) implements Result {}

  /** A table; a null value is NULL. */
  record Table(List<Heading> columns, List<List<String>> rows) implements Result {}

  /**
   * @param numeric whether its values stand at the right
   * @param nullable whether NULL may be among them
   */
  record Heading(String name, boolean numeric, boolean nullable) {}
}
