package dev.landfall.bench.rows;

import dev.landfall.bench.download.FileServer;
import dev.landfall.bench.download.Nginx;
import dev.landfall.bench.frame.Case;
import dev.landfall.bench.frame.Comparison;
import dev.landfall.bench.frame.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What it costs Landfall that a file is UTF-16, as F&amp;O writes it, instead of UTF-8. */
public final class RowsUtf16 implements Case {

  private static final String UTF8 = "utf8";
  private static final String UTF16 = "utf16";

  private final Size size;
  private final FileServer.Starter server;
  private @Nullable Loading loading;

  /** Creates the case as it is measured. */
  public RowsUtf16() {
    this(Size.USUAL, Nginx::start);
  }

  RowsUtf16(Size size, FileServer.Starter server) {
    this.size = size;
    this.server = server;
  }

  @Override
  public String name() {
    return "rows-utf16";
  }

  @Override
  public String description() {
    return "1 million new rows of a file in UTF-16, beside the same in UTF-8";
  }

  @Override
  public int rounds() {
    return size.rounds();
  }

  @Override
  public List<Subject> subjects(Path folder) throws IOException {
    Loading turns = Loading.open(
        size, folder, server, List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE));
    loading = turns;
    return List.of(
        new Subject(UTF8, own -> turns.byLandfall(own, Mode.APPEND, StandardCharsets.UTF_8)),
        new Subject(UTF16, own -> turns.byLandfall(own, Mode.APPEND, StandardCharsets.UTF_16LE)));
  }

  @Override
  public List<Comparison> comparisons() {
    return List.of(Comparison.of(UTF16, UTF8, Loading.TIME));
  }

  @Override
  public void close() {
    if (loading != null) {
      loading.close();
    }
  }
}
