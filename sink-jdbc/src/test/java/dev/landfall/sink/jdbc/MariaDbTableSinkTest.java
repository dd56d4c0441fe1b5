package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MariaDbTableSinkTest extends TableSinkTest {

  @RegisterExtension
  static final MariaDb MARIADB = new MariaDb();

  @Override
  public TestDatabase tested() {
    return MARIADB;
  }

  @Test
  void keysThatDifferInABlankAtTheirEndAreDifferentInATableThatIsCreated() throws Exception {
    upserting("groups").store(csv("1", "ID,NAME\na,1\n\"a \",2\n"));
    assertEquals(List.of("a |2", "a|1"), rows("groups", "ID", "NAME"));
  }
}
