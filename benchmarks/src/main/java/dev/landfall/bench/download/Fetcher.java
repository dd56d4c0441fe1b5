package dev.landfall.bench.download;

import dev.landfall.bench.frame.Parent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a subject does in its virtual machine. */
@FunctionalInterface
interface Fetcher {

  /** Where it fetches to, in the folder of the turn. */
  String FETCHED = "fetched";

  /**
   * Fetches a batch into its folder, which is there.
   *
   * @param batch what to fetch
   * @throws Exception if not all of it was fetched; ends the turn
   */
  void fetch(Batch batch) throws Exception;

  /**
   * Fetches each batch that the parent asks for and says so, until the parent has enough.
   *
   * @throws Exception if a batch was not fetched
   */
  default void serve() throws Exception {
    BufferedReader asked =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = asked.readLine(); line != null; line = asked.readLine()) {
      Batch batch = Batch.of(line);
      Files.createDirectories(Path.of(FETCHED, batch.name()));
      fetch(batch);
      Parent.tell(batch.line());
    }
  }
}
