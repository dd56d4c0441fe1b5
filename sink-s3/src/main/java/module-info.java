/** Stores exported files as objects in S3 and what is compatible with it. */
// The vendor's modules are named in their manifests alone; the digit belongs to the name of S3.
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"})
module dev.landfall.sink.s3 {
  requires com.fasterxml.jackson.core;
  requires static com.github.luben.zstd_jni;
  requires transitive dev.landfall.core;
  requires transitive static org.jspecify;
  requires software.amazon.awssdk.http.apache5;
  requires software.amazon.awssdk.http;
  requires transitive software.amazon.awssdk.auth;
  requires transitive software.amazon.awssdk.services.s3;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.regions;

  exports dev.landfall.sink.s3;
}
