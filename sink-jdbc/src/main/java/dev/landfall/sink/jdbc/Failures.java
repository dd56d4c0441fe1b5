package dev.landfall.sink.jdbc;

import dev.landfall.spi.SinkException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Objects;
import java.util.Set;

/**
 * Which failures of a database are of the moment.
 *
 * @param states a pattern of their SQL states
 * @param codes of the database's own
 */
record Failures(String states, Set<Integer> codes) {

  private static final int LONGEST_SAID = 300;

  /**
   * Classes of the standard: connection, transaction rollback; those of many: resources, operator
   * intervention, system; time-outs of ODBC.
   */
  private static final String USUAL_STATES = "(08|40|53|57|58).*|HYT0[01]";

  static Failures of(String states, Integer... codes) {
    return new Failures(states, Set.of(codes));
  }

  /** {@return those with the usual states, and with some codes} */
  static Failures usualAnd(Integer... codes) {
    return of(USUAL_STATES, codes);
  }

  boolean havePassing(SQLException failure) {
    return String.valueOf(failure.getSQLState()).matches(states)
        || codes.contains(failure.getErrorCode());
  }

  /**
   * {@return a failure as the pipeline wants it}
   *
   * @param dialect of the database that failed
   * @param doing what was tried, as in "while ..."
   */
  static SinkException told(Dialect dialect, String doing, SQLException thrown) {
    SQLException failure = behind(dialect, thrown);
    String said = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    String shortened =
        said.length() <= LONGEST_SAID ? said : said.substring(0, LONGEST_SAID) + "...";
    return failure instanceof SQLTransientException
            || failure instanceof SQLRecoverableException
            || dialect.maySucceedLater(failure)
        ? SinkException.unavailable(
            "%s is busy or gone while %s: %s".formatted(dialect, doing, shortened), failure)
        : SinkException.rejected(
            "%s refuses while %s: %s. Mend the table or the export."
                .formatted(dialect, doing, shortened),
            failure);
  }

  /**
   * A batch's own exception repeats all values of a row, or has no state; the next one says what is
   * wrong, or the cause of that.
   */
  private static SQLException behind(Dialect dialect, SQLException thrown) {
    SQLException said = Objects.requireNonNullElse(thrown.getNextException(), thrown);
    while (!dialect.saysWhatIsWrong(said) && said.getCause() instanceof SQLException cause) {
      said = cause;
    }
    return said;
  }
}
