package dev.landfall.sink.s3;

import java.io.IOException;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that lack what S3 has learned in later years. */
class OlderServersContractTest {

  private static final int MORE_THAN_A_PART = TestSinks.PART + 1;

  @RegisterExtension
  static final S3Proxy SERVER = S3Proxy.trusting();

  private static S3SinkBuilder inParts(S3SinkBuilder sink) {
    return sink.partSize(TestSinks.PART);
  }

  /** The contract by way of a proxy, one for each case. */
  private abstract static class Behind extends S3SinkContract {

    private final UnaryOperator<FaultyProxy> manner;
    private @Nullable FaultyProxy proxy;

    Behind(int length, UnaryOperator<S3SinkBuilder> settings, UnaryOperator<FaultyProxy> manner) {
      super(SERVER, length, settings);
      this.manner = manner;
    }

    @Override
    final synchronized URI address() throws IOException {
      if (proxy == null) {
        proxy = closedInTheEnd(manner.apply(new FaultyProxy(SERVER.endpoint())));
      }
      return proxy.endpoint();
    }
  }

  @Nested
  class WithoutConditions extends Behind {
    WithoutConditions() {
      super(40, UnaryOperator.identity(), FaultyProxy::withoutConditions);
    }
  }

  @Nested
  class RefusingConditions extends Behind {
    RefusingConditions() {
      super(40, UnaryOperator.identity(), FaultyProxy::refusingConditions);
    }
  }

  @Nested
  class WithoutChecksums extends Behind {
    WithoutChecksums() {
      super(40, UnaryOperator.identity(), FaultyProxy::withoutChecksums);
    }
  }

  @Nested
  class RefusingChecksums extends Behind {
    RefusingChecksums() {
      super(40, UnaryOperator.identity(), FaultyProxy::refusingChecksums);
    }
  }

  @Nested
  class RefusingChecksumsAndConditions extends Behind {
    RefusingChecksumsAndConditions() {
      super(
          MORE_THAN_A_PART,
          OlderServersContractTest::inParts,
          proxy -> proxy.refusingChecksums().refusingConditions());
    }
  }

  /** The oldest of all, with files that are compressed. */
  @Nested
  class WithoutAnything extends Behind {
    WithoutAnything() {
      super(
          MORE_THAN_A_PART,
          sink -> inParts(sink.zstd()),
          proxy -> proxy.withoutConditions().withoutChecksums());
    }
  }

  /** Entity tags tell nothing: what is stored can be compared only by reading it. */
  @Nested
  class WithoutDigests extends Behind {
    WithoutDigests() {
      super(
          40,
          UnaryOperator.identity(),
          proxy -> proxy.withoutChecksums().answeringWithout("etag"::equals));
    }
  }
}
