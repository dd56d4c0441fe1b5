package dev.landfall.sink.s3;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/**
 * What the user wants of every object.
 *
 * <p>The two requests that make objects have the same settings and nothing in common by type, so
 * they are written out for both.
 *
 * @param encryption by the server, or null for what the bucket says
 * @param kmsKey for that encryption, or null
 * @param storageClass or null for the server's default
 * @param tags of each object, in no order
 * @param lockMode what its retention allows, or null for none
 * @param retention how long it cannot be removed, or null
 * @param legalHold whether it cannot be removed until the hold is ended
 * @param owner the account that must own the bucket, or null
 * @param clock from which the retention counts
 */
record ObjectSettings(
    @Nullable ServerSideEncryption encryption,
    @Nullable String kmsKey,
    @Nullable String storageClass,
    Map<String, String> tags,
    @Nullable ObjectLockMode lockMode,
    @Nullable Duration retention,
    boolean legalHold,
    @Nullable String owner,
    Clock clock) {

  PutObjectRequest.Builder put() {
    PutObjectRequest.Builder put = PutObjectRequest.builder()
        .serverSideEncryption(encryption)
        .ssekmsKeyId(kmsKey)
        .storageClass(storageClass)
        .objectLockMode(lockMode)
        .objectLockRetainUntilDate(retainedUntil())
        .objectLockLegalHoldStatus(hold())
        .expectedBucketOwner(owner);
    return tags.isEmpty() ? put : put.tagging(tagging());
  }

  CreateMultipartUploadRequest.Builder multipart() {
    CreateMultipartUploadRequest.Builder begin = CreateMultipartUploadRequest.builder()
        .serverSideEncryption(encryption)
        .ssekmsKeyId(kmsKey)
        .storageClass(storageClass)
        .objectLockMode(lockMode)
        .objectLockRetainUntilDate(retainedUntil())
        .objectLockLegalHoldStatus(hold())
        .expectedBucketOwner(owner);
    return tags.isEmpty() ? begin : begin.tagging(tagging());
  }

  /** Only asked for where there are some: of none the client makes an empty header. */
  private Tagging tagging() {
    return Tagging.builder()
        .tagSet(tags.entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList())
        .build();
  }

  private @Nullable Instant retainedUntil() {
    return retention == null ? null : clock.instant().plus(retention);
  }

  private @Nullable ObjectLockLegalHoldStatus hold() {
    return legalHold ? ObjectLockLegalHoldStatus.ON : null;
  }
}
