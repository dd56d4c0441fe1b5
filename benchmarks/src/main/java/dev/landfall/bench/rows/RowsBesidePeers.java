package dev.landfall.bench.rows;

import dev.landfall.bench.download.FileServer;
import dev.landfall.bench.download.Installed;
import dev.landfall.bench.download.Nginx;
import dev.landfall.bench.frame.Case;
import dev.landfall.bench.frame.Comparison;
import dev.landfall.bench.frame.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes from a link to the committed rows of its file, beside a plain copy by
 * {@code psql}, Spring Batch and Camel.
 *
 * <p>nginx has the file. Virtual machines have loaded another file before. At the end of a turn
 * exactly the rows of the file must be in the table.
 */
public final class RowsBesidePeers implements Case {

  private static final String LANDFALL = "landfall";
  private static final String PSQL_COPY = "psql-copy";
  private static final String PSQL_MERGE = "psql-merge";
  private static final String SPRING_BATCH = "spring-batch";
  private static final String CAMEL = "camel";

  private final String name;
  private final String description;
  private final Mode mode;
  private final Size size;
  private final FileServer.Starter server;
  private @Nullable Loading loading;

  RowsBesidePeers(
      String name, String description, Mode mode, Size size, FileServer.Starter server) {
    this.name = name;
    this.description = description;
    this.mode = mode;
    this.size = size;
    this.server = server;
  }

  /** {@return the case in which every row is new} */
  public static RowsBesidePeers append() {
    return append(Size.USUAL, Nginx::start);
  }

  static RowsBesidePeers append(Size size, FileServer.Starter server) {
    return new RowsBesidePeers(
        "rows-append",
        "from a link to 1 million new rows in PostgreSQL, beside psql, Spring Batch and Camel",
        Mode.APPEND,
        size,
        server);
  }

  /** {@return the case in which rows replace others, beside a copy that appends} */
  public static RowsBesidePeers upsert() {
    return upsert(Size.USUAL, Nginx::start);
  }

  static RowsBesidePeers upsert(Size size, FileServer.Starter server) {
    return new RowsBesidePeers(
        "rows-upsert",
        "the same by key into a table that has half of them, beside a plain copy and a merge",
        Mode.UPSERT,
        size,
        server);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public int rounds() {
    return size.rounds();
  }

  @Override
  public List<Subject> subjects(Path folder) throws IOException {
    var unused = List.of(Installed.require("curl"), Installed.require("psql"));
    Loading turns = Loading.open(size, folder, server, List.of(StandardCharsets.UTF_8));
    loading = turns;
    List<Subject> subjects = new ArrayList<>();
    subjects.add(new Subject(PSQL_COPY, own -> turns.byPsql(own, Mode.APPEND)));
    if (mode == Mode.UPSERT) {
      subjects.add(new Subject(PSQL_MERGE, own -> turns.byPsql(own, mode)));
    }
    subjects.add(new Subject(LANDFALL, own -> turns.byLandfall(own, mode, StandardCharsets.UTF_8)));
    subjects.add(
        new Subject(SPRING_BATCH, own -> turns.byPeer(own, SpringBatchProgram.class, mode)));
    subjects.add(new Subject(CAMEL, own -> turns.byPeer(own, CamelProgram.class, mode)));
    return subjects;
  }

  @Override
  public List<Comparison> comparisons() {
    List<String> peers = mode == Mode.UPSERT
        ? List.of(PSQL_COPY, PSQL_MERGE, SPRING_BATCH, CAMEL)
        : List.of(PSQL_COPY, SPRING_BATCH, CAMEL);
    return peers.stream()
        .map(peer -> Comparison.of(LANDFALL, peer, Loading.TIME))
        .toList();
  }

  @Override
  public void close() {
    if (loading != null) {
      loading.close();
    }
  }
}
