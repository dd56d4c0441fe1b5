package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How far the sink goes with the table. */
interface SchemaCases extends TableSinkCase {

  @Test
  default void aTableThatMustBeThereIsNotCreated() throws Exception {
    assertRefused(
        into("groups").schema(SchemaMode.VALIDATE).build(),
        csv("1", "ID\n1\n"),
        "Table groups is to be there before files are loaded, and it is not. Create it, or give the"
            + " sink schema(SchemaMode.CREATE).");
    create("groups", "id VARCHAR(20)");
    into("groups").schema(SchemaMode.VALIDATE).build().store(csv("1", "ID\n1\n"));
    assertEquals(List.of("1"), rows("groups"));
  }

  @Test
  default void columnsThatTheTableLacksAreAdded() throws Exception {
    JdbcTableSink growing = into("groups").schema(SchemaMode.ADD_COLUMNS).build();
    growing.store(csv("1", "ID\n1\n"));
    growing.store(csv("2", "NAME,ID,New one\na,2,x\n"));
    assertEquals(List.of("1|null|null", "2|a|x"), rows("groups", "ID", "NAME", "New one"));
  }

  @Test
  default void aTableThatIsNotLookedAtTakesTextsUnderTheNamesOfTheFile() throws Exception {
    create("groups", "ID INTEGER PRIMARY KEY", "NAME VARCHAR(20)");
    JdbcTableSink blind = into("groups")
        .schema(SchemaMode.NONE)
        .upsertBy("ID")
        .withoutExportTime()
        .leaveOut("OTHER")
        .build();
    blind.store(csv("1", "ID,NAME,OTHER\n1,a,x\n2,b,x\n"));
    blind.store(csv("2", "ID,NAME\n2,c\n"));
    assertEquals(List.of("1|a", "2|c"), rows("groups"));
    String message = assertRefused(blind, csv("3", "ID,MISSING\n1,a\n"));
    assertTrue(message.contains("MISSING"), message);
  }

  @Test
  default void aFieldGoesToTheColumnThatItIsMappedTo() throws Exception {
    into("groups")
        .column("Customer group", "group_id")
        .leaveOut("SECRET")
        .upsertBy("group_id")
        .withoutExportTime()
        .build()
        .store(csv("1", "Customer group,SECRET,NAME\n1,x,a\n"));
    assertEquals(List.of("1|a"), rows("groups", "group_id", "NAME"));
  }
}
