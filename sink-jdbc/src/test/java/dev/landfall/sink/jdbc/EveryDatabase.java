package dev.landfall.sink.jdbc;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The databases that are tested, started once for all tests and stopped after the last. */
final class EveryDatabase implements ArgumentsProvider {

  /** Started when a test first asks. */
  private static final class Running implements AutoCloseable {

    private final List<TestDatabase> all =
        List.of(new Postgres(), new MariaDb(), new Sqlite(), new H2(), new Hsqldb());

    private Running() throws Exception {
      for (TestDatabase database : all) {
        database.open();
      }
    }

    @Override
    public void close() {
      try {
        for (TestDatabase database : all) {
          database.stop();
        }
      } catch (Exception unstopped) {
        throw new IllegalStateException("A database does not stop.", unstopped);
      }
    }
  }

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) throws Exception {
    Running running = (Running) context
        .getRoot()
        .getStore(Namespace.create(EveryDatabase.class))
        .computeIfAbsent(EveryDatabase.class, key -> start());
    return running.all.stream().map(Arguments::of);
  }

  private static Running start() {
    try {
      return new Running();
    } catch (Exception unstarted) {
      throw new IllegalStateException("A database does not start.", unstarted);
    }
  }
}
