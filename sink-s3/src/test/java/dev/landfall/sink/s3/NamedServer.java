package dev.landfall.sink.s3;

import java.net.URI;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * A server that is there already, named by whoever runs the tests: {@code landfall.s3.endpoint},
 * {@code landfall.s3.identity} and {@code landfall.s3.secret}. Its buckets are removed in the end.
 */
final class NamedServer extends S3Server {

  private final URI endpoint;
  private final Queue<TestBucket> created = new ConcurrentLinkedQueue<>();

  NamedServer() {
    super("The named server", property("identity"), property("secret"));
    this.endpoint = URI.create(property("endpoint"));
  }

  private static String property(String name) {
    String property = "landfall.s3." + name;
    return Optional.ofNullable(System.getProperty(property))
        .orElseThrow(() -> new IllegalStateException(
            "These tests run against a server that is named; give its %s by -D%s=..."
                .formatted(name, property)));
  }

  @Override
  URI start() {
    return endpoint;
  }

  @Override
  TestBucket createBucket() {
    TestBucket bucket = super.createBucket();
    created.add(bucket);
    return bucket;
  }

  @Override
  void stop() {
    created.forEach(this::remove);
  }

  private void remove(TestBucket bucket) {
    String name = bucket.name();
    for (MultipartUpload upload :
        client().listMultipartUploads(request -> request.bucket(name)).uploads()) {
      client()
          .abortMultipartUpload(
              request -> request.bucket(name).key(upload.key()).uploadId(upload.uploadId()));
    }
    bucket
        .keys()
        .forEach(key -> client().deleteObject(request -> request.bucket(name).key(key)));
    client().deleteBucket(request -> request.bucket(name));
  }
}
