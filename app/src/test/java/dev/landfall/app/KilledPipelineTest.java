package dev.landfall.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was acknowledged lands once, whenever the process is killed.
 *
 * <p>{@code LANDFALL_KILLS=200 mvn verify} kills more often than the 10 times of every build.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KilledPipelineTest {

  private static final int KILLS =
      Integer.parseInt(System.getenv().getOrDefault("LANDFALL_KILLS", "10"));

  @TempDir
  Path folder;

  @Test
  void aKillBetweenTheAnswerAndTheStoreLosesNothing() throws Exception {
    try (Town town = new Town(folder, House.SQLITE)) {
      Instance first = town.start("one", "stuck");
      for (int i = 0; i < 30; i++) {
        assertTrue(town.export(), "the event is acknowledged although no sink ever returns");
      }
      town.kill(first);
      assertEquals(List.of(), new House(folder).storedFiles());
      town.start("one", "working");
      town.requireEachLandedOnce();
    }
  }

  @Test
  void killsUnderLoadLoseNothingWithAnEmbeddedLedger() throws Exception {
    killAtAnyMoment(House.SQLITE);
  }

  @Test
  void killsUnderLoadLoseNothingWithASharedLedger() throws Exception {
    try (Postgres postgres = Postgres.start(folder.resolve("postgres"))) {
      killAtAnyMoment(postgres.url());
    }
  }

  private void killAtAnyMoment(String database) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Town town = new Town(folder, database)) {
      town.load();
      for (int kill = 0; kill < KILLS; kill++) {
        Instance instance = town.start("one", "working");
        town.awaitAcknowledged(town.acknowledged() + 1 + random.nextInt(40));
        TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
        town.kill(instance);
      }
      town.unload();
      town.start("one", "working");
      town.requireEachLandedOnce();
      System.out.printf("%d exports over %d kills, seed %d%n", town.acknowledged(), KILLS, seed);
    }
  }
}
