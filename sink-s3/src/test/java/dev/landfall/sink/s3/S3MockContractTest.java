package dev.landfall.sink.s3;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that keeps checksums, and writes under conditions. */
class S3MockContractTest {

  @RegisterExtension
  static final S3Mock SERVER = S3Mock.shared();

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
}
