package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.ExportedFile;
import dev.landfall.spi.SinkException;
import dev.landfall.testkit.ExportedFiles;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PostgresTableSinkTest implements TableSinkCase {

  @TempDir
  Path folder;

  @RegisterExtension
  static final Postgres POSTGRES = new Postgres();

  @Override
  public TestDatabase tested() {
    return POSTGRES;
  }

  @Override
  public ExportedFiles files() {
    return ExportedFiles.in(folder);
  }

  @Test
  void aDriverThatRewritesBatchesTakesAKeyTwiceToo() throws Exception {
    JdbcTableSink.into(POSTGRES.database(Map.of("reWriteBatchedInserts", "true")))
        .table("groups")
        .upsertBy("ID")
        .build()
        .store(csv("1", "ID,NAME\n1,a\n2,b\n1,c\n"));
    assertEquals(List.of("1|c", "2|b"), rows("groups", "ID", "NAME"));
  }

  private static final String SAID = "SELECT statement, COUNT(*) FROM said GROUP BY statement";

  @Test
  void rowsAreMergedUnlessAKeyIsThereTwice() throws Exception {
    upserting("groups").store(csv("0", "ID,NAME\n1,a\n"));
    Rows.execute(
        database(),
        "CREATE TABLE said (statement text)",
        "CREATE OR REPLACE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " INSERT INTO said VALUES (left(current_query(), 6)); RETURN NULL; END $$",
        "CREATE TRIGGER noting AFTER INSERT OR UPDATE ON groups FOR EACH ROW EXECUTE FUNCTION note()");
    upserting("groups").store(csv("1", "ID,NAME\n1,b\n2,b\n"));
    upserting("groups").store(csv("2", "ID,NAME\n2,c\n3,d\n"));
    assertEquals(List.of("MERGE |4"), Rows.of(database(), SAID));
    upserting("groups").store(csv("3", "ID,NAME\n3,e\n4,f\n4,g\n"));
    assertEquals(List.of("INSERT|2", "MERGE |4"), Rows.of(database(), SAID));
    assertEquals(List.of("1|b", "2|c", "3|e", "4|g"), rows("groups", "ID", "NAME"));
    Rows.execute(database(), "DROP TABLE said", "DROP FUNCTION note CASCADE");
  }

  @Test
  void aKeyThatSomebodyElseAddsMeanwhileIsReplaced() throws Exception {
    create("groups", "id TEXT PRIMARY KEY", "name TEXT");
    JdbcTableSink sink = into("groups").upsertBy("ID").withoutExportTime().build();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Connection other = database().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("INSERT INTO groups VALUES ('1', 'theirs')");
      ExportedFile file = csv("1", "ID,NAME\n1,ours\n2,ours\n");
      Future<?> load = thread.submit(() -> sink.store(file));
      awaitALockUnless(load::isDone);
      other.commit();
      load.get(30, TimeUnit.SECONDS);
    } finally {
      thread.shutdownNow();
    }
    assertEquals(List.of("1|ours", "2|ours"), rows("groups"));
  }

  private void awaitALockUnless(BooleanSupplier over) throws Exception {
    String waiting =
        "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
    while (!over.getAsBoolean() && Rows.of(database(), waiting).isEmpty()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE RULE kept AS ON DELETE TO groups DO INSTEAD NOTHING",
        "CREATE TABLE child (CHECK (true)) INHERITS (groups); INSERT INTO child VALUES ('2', 'of the child')",
        "CREATE FUNCTION louder() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN new.name := upper(new.name); RETURN new; END $$;"
            + " CREATE TRIGGER loud BEFORE INSERT ON groups FOR EACH ROW EXECUTE FUNCTION louder()",
        "CREATE COLLATION lax (provider = icu, locale = 'und-u-ks-level2', deterministic = false);"
            + " ALTER TABLE groups DROP CONSTRAINT groups_pkey, ALTER id TYPE text COLLATE lax;"
            + " CREATE UNIQUE INDEX strict ON groups (id COLLATE \"C\"); INSERT INTO groups VALUES ('A', 'other')"
      })
  void whatIsMergedIsWhatAnInsertOnConflictLeaves(String before) throws Exception {
    create("groups", "id TEXT CONSTRAINT groups_pkey PRIMARY KEY", "name TEXT");
    Rows.execute(database(), "INSERT INTO groups VALUES ('a', 'old'), ('1', 'old')", before);
    List<String> others =
        Rows.of(database(), "SELECT id, name FROM groups WHERE id COLLATE \"C\" <> 'a'");
    into("groups")
        .upsertBy("id")
        .withoutExportTime()
        .build()
        .store(csv("1", "id,name\na,new\n2,new\n"));
    List<String> expected = new ArrayList<>(others);
    String stored = before.contains("upper") ? "NEW" : "new";
    expected.addAll(List.of("a|" + stored, "2|" + stored));
    expected.sort(null);
    assertEquals(expected, Rows.of(database(), "SELECT id, name FROM groups"));
  }

  @Test
  void rowsThatNothingTellsApartAreNotMerged() throws Exception {
    create("groups", "id TEXT", "name TEXT");
    JdbcTableSink sink = into("groups")
        .upsertBy("id")
        .withoutExportTime()
        .schema(SchemaMode.NONE)
        .build();
    assertRefused(sink, csv("1", "id,name\na,1\na,2\n"));
    assertEquals(List.of(), rows("groups"));
  }

  @Test
  void aSchemaHoldsTheTableAndItsLoadRecords() throws Exception {
    Rows.execute(database(), "DROP SCHEMA IF EXISTS sales CASCADE", "CREATE SCHEMA sales");
    appending("sales.groups").store(csv("1", "ID\n1\n"));
    appending("sales.groups").store(csv("2", "id\n2\n"));
    appending("groups").store(csv("1", "ID\n3\n"));
    assertEquals(List.of("1", "2"), Rows.of(database(), "SELECT * FROM sales.groups"));
    assertEquals(List.of("2"), Rows.of(database(), "SELECT COUNT(*) FROM sales.landfall_load"));
    assertEquals(List.of("3"), Rows.of(database(), "SELECT * FROM public.groups"));
  }

  @Test
  void aSchemaThatIsMissingIsRefused() throws Exception {
    SinkException refusal = assertThrows(
        SinkException.class, () -> appending("missing.groups").store(csv("1", "ID\n1\n")));
    assertFalse(refusal.retryable());
    assertTrue(
        refusal.getMessage().contains("schema \"missing\" does not exist"), refusal.getMessage());
  }

  @Test
  void aNameThatWouldBeCutIsRefused() throws Exception {
    String longest = "Ä".repeat(31) + "x";
    appending(longest).store(csv("1", longest + "\n1\n"));
    assertRefused(
        appending("groups"),
        csv("2", longest + "y\n1\n"),
        "The name of a column in PostgreSQL has at most 63 bytes; '" + longest
            + "y' has 64. Rename it in the export or the route.");
    assertRefused(appending(longest + "y"), csv("2", "ID\n1\n"));
  }

  @Test
  void aNameThatFitsTwoColumnsIsRefusedUnlessItIsOneOfThem() throws Exception {
    Rows.execute(database(), "CREATE TABLE groups (\"Id\" TEXT, \"ID\" TEXT)");
    appending("groups").store(csv("1", "ID\n1\n"));
    assertRefused(
        appending("groups"),
        csv("2", "id\n1\n"),
        "The field id can mean any of Id, ID. Spell it as one of these, or map it with column(...).");
  }

  @Test
  void aRowThatTheDatabaseRefusesIsNotShownWhole() throws Exception {
    create("groups", "id TEXT CHECK (id <> '3')", "name TEXT");
    ExportedFile file = csv("1", "ID,NAME\n1,fine\n3,confidential\n");
    SinkException refusal =
        assertThrows(SinkException.class, () -> appending("groups").store(file));
    assertFalse(refusal.retryable());
    assertTrue(refusal.getMessage().contains("violates check constraint"), refusal.getMessage());
    assertFalse(refusal.getMessage().contains("confidential"), refusal.getMessage());
  }

  @Test
  void aTableThatSomebodyElseLocksIsTriedAgainLater() throws Exception {
    appending("groups").store(csv("0", "ID\n0\n"));
    JdbcTableSink sink = JdbcTableSink.into(
            POSTGRES.database(Map.of("options", "-c lock_timeout=50")))
        .table("groups")
        .build();
    ExportedFile file = csv("1", "ID\n1\n");
    try (Connection other = database().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE groups IN ACCESS EXCLUSIVE MODE");
      SinkException busy = assertThrows(SinkException.class, () -> sink.store(file));
      assertTrue(busy.retryable(), busy.getMessage());
      other.rollback();
    }
    sink.store(file);
    assertEquals(List.of("0", "1"), Rows.ofTable(database(), "groups"));
  }

  @Test
  void oneWhoMayOnlyWriteToTablesThatExistCanLoadThem() throws Exception {
    upserting("groups").store(csv("0", "ID,NAME\n0,a\n"));
    Rows.execute(
        database(),
        "DROP ROLE IF EXISTS loader",
        "CREATE ROLE loader LOGIN",
        "GRANT USAGE ON SCHEMA public TO loader",
        "GRANT SELECT, INSERT, UPDATE ON groups, landfall_load, landfall_push TO loader");
    DataSource loader = POSTGRES.database(Map.of("options", "-c role=loader"));
    JdbcTableSink.into(loader)
        .table("groups")
        .upsertBy("ID")
        .build()
        .store(csv("1", "ID,NAME\n1,b\n"));
    assertEquals(List.of("0|a", "1|b"), rows("groups", "ID", "NAME"));
    Rows.execute(database(), "DROP OWNED BY loader", "DROP ROLE loader");
  }

  @Test
  void aTextThatIsTooLongByBlanksIsRefusedRatherThanCut() throws Exception {
    create("groups", "id VARCHAR(5) PRIMARY KEY");
    ExportedFile file = csv("1", "ID\nabcde  \n");
    assertRefused(appending("groups"), file);
    assertRefused(into("groups").upsertBy("ID").withoutExportTime().build(), file);
    assertEquals(List.of(), rows("groups"));
  }

  @Test
  void aViewTakesRowsAsItsTableDoes() throws Exception {
    create("groups", "id TEXT PRIMARY KEY", "name TEXT");
    Rows.execute(database(), "CREATE VIEW shown AS SELECT id, name FROM groups");
    into("shown").schema(SchemaMode.NONE).build().store(csv("1", "id,name\n1,a\n"));
    appending("shown").store(csv("2", "ID,NAME\n2,b\n"));
    into("shown").upsertBy("ID").withoutExportTime().build().store(csv("3", "ID,NAME\n2,c\n"));
    assertEquals(List.of("1|a", "2|c"), rows("groups"));
  }

  @Test
  void aViewThatTakesNoRowsIsRefusedForGood() throws Exception {
    Rows.execute(database(), "CREATE VIEW fixed AS SELECT '1'::text AS id");
    assertRefused(appending("fixed"), csv("1", "ID\n1\n"));
  }

  @Test
  void aTableWhoseRowsAreGuardedTakesThoseThatItsPoliciesAllow() throws Exception {
    appending("groups").store(csv("0", "ID\n0\n"));
    Rows.execute(
        database(),
        "ALTER TABLE groups ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY small ON groups WITH CHECK (length(\"ID\") = 1)",
        "DROP ROLE IF EXISTS guarded",
        "CREATE ROLE guarded LOGIN",
        "GRANT USAGE ON SCHEMA public TO guarded",
        "GRANT SELECT, INSERT, UPDATE ON groups, landfall_load TO guarded");
    JdbcTableSink guarded = JdbcTableSink.into(
            POSTGRES.database(Map.of("options", "-c role=guarded")))
        .table("groups")
        .build();
    guarded.store(csv("1", "ID\n1\n"));
    assertRefused(guarded, csv("2", "ID\n22\n"));
    assertEquals(List.of("0", "1"), rows("groups"));
    Rows.execute(database(), "DROP OWNED BY guarded", "DROP ROLE guarded");
  }

  @Test
  void aTableOfTheNameThatRowsAreStagedUnderIsLoadedToo() throws Exception {
    upserting("landfall_staged").store(csv("1", "ID\n1\n"));
    assertEquals(List.of("1"), rows("landfall_staged", "ID"));
  }
}
