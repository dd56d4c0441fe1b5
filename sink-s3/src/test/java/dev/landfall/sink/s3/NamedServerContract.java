package dev.landfall.sink.s3;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What every server must allow, on one that the build does not bring; run by name, see
 * CONTRIBUTING.
 */
class NamedServerContract {

  @RegisterExtension
  static final NamedServer SERVER = new NamedServer();

  @Nested
  class Whole extends S3SinkContract {
    Whole() {
      super(SERVER, 40, UnaryOperator.identity());
    }
  }

  @Nested
  class InParts extends S3SinkContract {
    InParts() {
      super(SERVER, TestSinks.PART + 1, sink -> sink.partSize(TestSinks.PART));
    }
  }

  @Nested
  class ByGzip extends S3SinkContract {
    ByGzip() {
      super(SERVER, 40, S3SinkBuilder::gzip);
    }
  }
}
