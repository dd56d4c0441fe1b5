package dev.landfall.sink.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A session of MariaDB or MySQL that refuses what does not fit, which some only warn of, and takes
 * times as of UTC, which is what they are.
 *
 * @param modes as they were
 * @param zone as it was
 * @param largestPacket in bytes; more in one statement costs the connection
 */
record StrictSession(String modes, String zone, long largestPacket) {

  static StrictSession begin(Connection connection) throws SQLException {
    StrictSession before;
    try (PreparedStatement select = connection.prepareStatement(
            "SELECT @@SESSION.sql_mode, @@SESSION.time_zone, @@SESSION.max_allowed_packet");
        ResultSet found = select.executeQuery()) {
      found.next();
      before = new StrictSession(found.getString(1), found.getString(2), found.getLong(3));
    }
    set(connection, before.modes + ",STRICT_ALL_TABLES", "+00:00");
    return before;
  }

  void end(Connection connection) throws SQLException {
    set(connection, modes, zone);
  }

  private static void set(Connection connection, String modes, String zone) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement("SET SESSION sql_mode = ?, SESSION time_zone = ?")) {
      set.setString(1, modes);
      set.setString(2, zone);
      set.execute();
    }
  }
}
