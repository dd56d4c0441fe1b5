package dev.landfall.sink.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What lies in a bucket, seen by the server's own client. */
record TestBucket(S3Client client, String name) {

  List<S3Object> list() {
    return client.listObjectsV2Paginator(request -> request.bucket(name)).contents().stream()
        .toList();
  }

  List<String> keys() {
    return list().stream().map(S3Object::key).toList();
  }

  /** {@return the objects with their bytes as they are stored, by key} */
  Map<String, byte[]> objects() {
    Map<String, byte[]> objects = new TreeMap<>();
    keys().forEach(key -> objects.put(key, bytes(key)));
    return objects;
  }

  byte[] bytes(String key) {
    return client.getObjectAsBytes(request -> request.bucket(name).key(key)).asByteArray();
  }

  byte[] bytes(String key, long offset, long length) {
    return client
        .getObjectAsBytes(request -> request
            .bucket(name)
            .key(key)
            .range("bytes=%d-%d".formatted(offset, offset + length - 1)))
        .asByteArray();
  }

  HeadObjectResponse head(String key) {
    return client.headObject(
        request -> request.bucket(name).key(key).checksumMode(ChecksumMode.ENABLED));
  }

  /**
   * {@return the keys of the uploads in parts that were begun and neither completed nor aborted}
   */
  List<String> openUploads() {
    List<String> open = new ArrayList<>();
    for (MultipartUpload upload :
        client.listMultipartUploads(request -> request.bucket(name)).uploads()) {
      open.add(upload.key());
    }
    return open;
  }
}
