package dev.landfall.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {

  @TempDir
  Path folder;

  @Test
  void whatIsCommittedCanBeCounted() throws Exception {
    try (Postgres postgres = Postgres.start(folder.resolve("postgres"))) {
      postgres.execute("CREATE TABLE inbox (id int); INSERT INTO inbox VALUES (1), (2)");
      assertEquals(2, postgres.count("inbox"));
      assertThrows(IOException.class, () -> postgres.count("outbox"));
      assertThrows(IOException.class, () -> postgres.execute("DROP TABLE outbox"));
    }
  }
}
