package dev.landfall.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventIdsTest {

  @Test
  void everyNumberHasAnIdOfItsOwn() {
    EventIds ids = new EventIds(0);
    Set<String> all = LongStream.range(0, 10_000).mapToObj(ids::id).collect(Collectors.toSet());
    assertEquals(10_000, all.size());
    for (String id : all) {
      assertEquals(id.toLowerCase(Locale.ROOT), UUID.fromString(id).toString());
      assertEquals(id.toUpperCase(Locale.ROOT), id);
      assertNotEquals(new UUID(0, 0), UUID.fromString(id));
    }
  }

  @Test
  void anotherSeedGivesOtherIds() {
    assertEquals(new EventIds(7).id(3), new EventIds(7).id(3));
    assertNotEquals(new EventIds(7).id(3), new EventIds(8).id(3));
  }
}
