package dev.landfall.bench.rows;

import dev.landfall.bench.frame.Parent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** What a peer does in its virtual machine. */
@FunctionalInterface
interface Loader {

  /** Said when all rows of a file are committed. */
  String LOADED = "loaded";

  /**
   * Loads a file.
   *
   * @param link where it is
   * @throws Exception if not all rows are committed; ends the turn
   */
  void load(String link) throws Exception;

  /**
   * Loads each file that the parent gives a link of and says so, until the parent has enough.
   *
   * @throws Exception if a file was not loaded
   */
  default void serve() throws Exception {
    BufferedReader asked =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String link = asked.readLine(); link != null; link = asked.readLine()) {
      load(link);
      Parent.tell(LOADED);
    }
  }
}
