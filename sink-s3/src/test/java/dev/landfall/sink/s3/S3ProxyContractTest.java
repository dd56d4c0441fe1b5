package dev.landfall.sink.s3;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that verifies signatures and writes under conditions, but keeps no checksums. */
class S3ProxyContractTest {

  @RegisterExtension
  static final S3Proxy SERVER = S3Proxy.verifying();

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

  @Nested
  class ByZstd extends S3SinkContract {
    ByZstd() {
      super(SERVER, 40, S3SinkBuilder::zstd);
    }
  }
}
