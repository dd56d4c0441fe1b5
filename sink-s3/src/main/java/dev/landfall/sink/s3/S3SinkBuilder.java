package dev.landfall.sink.s3;

import dev.landfall.file.KeyTemplate;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Takes what is optional of an {@link S3Sink}. Not for several threads at once. */
public final class S3SinkBuilder {

  private static final Pattern BUCKET =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]|arn:\\S{1,2000}");
  private static final Pattern REGION = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern STORAGE_CLASS = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final long MEGA = 1 << 20;
  private static final long SMALLEST_PART = 5 * MEGA;
  private static final long LARGEST_PART = 5 * 1024 * MEGA;
  private static final int MOST_PARALLEL = 64;
  private static final int MOST_TAGS = 10;

  final String bucket;
  final Connection connection = new Connection();
  KeyTemplate key = KeyTemplate.of("{entity}/{legalEntity}/{date}/{eventId}.{format}");
  Packing packing = Packing.NONE;
  long partSize = 16 * MEGA;
  int parallelParts = 4;
  Duration abandonedAfter = Duration.ofDays(2);
  Clock clock = Clock.systemUTC();

  private final Map<String, String> tags = new TreeMap<>();
  private @Nullable ServerSideEncryption encryption;
  private @Nullable String kmsKey;
  private @Nullable String storageClass;
  private @Nullable ObjectLockMode lockMode;
  private @Nullable Duration retention;
  private boolean legalHold;
  private @Nullable String owner;

  S3SinkBuilder(String bucket) {
    if (!BUCKET.matcher(bucket).matches()) {
      throw new IllegalArgumentException(
          "A bucket's name has 3 to 63 letters, digits, dots, dashes and underscores, or is an ARN; \"%s\" is not. Folders belong into the key."
              .formatted(bucket));
    }
    this.bucket = bucket;
  }

  /**
   * Sets the region of the bucket.
   *
   * @param name such as {@code eu-central-1}; by default what the environment and the profile of
   *     the vendor's client say, or {@code us-east-1} if an endpoint is given
   * @return this
   * @throws IllegalArgumentException if no region is called so
   */
  public S3SinkBuilder region(String name) {
    if (!REGION.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A region is named such as eu-central-1; \"%s\" is none.".formatted(name));
    }
    connection.region = name;
    return this;
  }

  /**
   * Sets the server, for what is compatible with S3.
   *
   * @param server {@code https} or {@code http}, a host, and a port if it is another than theirs;
   *     by default S3 itself in the region
   * @return this
   * @throws IllegalArgumentException if it is something else or has more
   */
  public S3SinkBuilder endpoint(URI server) {
    boolean web = "https".equals(server.getScheme()) || "http".equals(server.getScheme());
    String path = server.getRawPath();
    boolean bare = server.getRawUserInfo() == null
        && server.getRawQuery() == null
        && server.getRawFragment() == null
        && (path.isEmpty() || path.equals("/"));
    if (!web || server.getHost() == null || !bare) {
      throw new IllegalArgumentException(
          "An endpoint is https or http, a host and perhaps a port, such as https://s3.example.com:9000, without user, path or query; the bucket is named apart.");
    }
    connection.endpoint = server;
    return this;
  }

  /**
   * Names the bucket in the path of requests instead of the host, as most servers of one's own want
   * it; off by default.
   *
   * @return this
   */
  public S3SinkBuilder pathStyle() {
    connection.pathStyle = true;
    return this;
  }

  /**
   * Sets who asks.
   *
   * @param provider asked before each request; by default the vendor's chain of environment,
   *     profile, container and machine
   * @return this
   */
  public S3SinkBuilder credentials(AwsCredentialsProvider provider) {
    connection.credentials = provider;
    return this;
  }

  /**
   * Sets who asks.
   *
   * @param accessKey not blank
   * @param secretKey not blank
   * @return this
   * @throws IllegalArgumentException if one is blank
   */
  public S3SinkBuilder credentials(String accessKey, String secretKey) {
    if (accessKey.isBlank() || secretKey.isBlank()) {
      throw new IllegalArgumentException(
          "An access key and a secret key are not blank; leave them out to take those of the environment.");
    }
    return credentials(
        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)));
  }

  /**
   * Sets how long the server may be silent before a request is tried again; 30 seconds by default.
   *
   * @param silence at least 1 second
   * @return this
   * @throws IllegalArgumentException if it is shorter
   */
  public S3SinkBuilder stalledAfter(Duration silence) {
    if (silence.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "A server may be silent for a second; %s is too short.".formatted(silence));
    }
    connection.silence = silence;
    return this;
  }

  /**
   * Sets the keys of objects; {@code {entity}/{legalEntity}/{date}/{eventId}.{format}} by default.
   *
   * @param template see {@link KeyTemplate#of}; should give each event another key;
   *     {@code {sha256}.{format}} stores equal files once
   * @return this
   * @throws IllegalArgumentException if it is no key template, or longer than a key
   */
  public S3SinkBuilder key(String template) {
    key = shorter(KeyTemplate.of(template));
    return this;
  }

  /**
   * Sets the keys of objects so that Spark, Trino, Athena and Hive read parts of them as columns.
   *
   * @param template see {@link KeyTemplate#partitioned}, such as
   *     {@code entity={entity}/legal_entity={legalEntity}/dt={date}/{eventId}.{format}}
   * @return this
   * @throws IllegalArgumentException if it is no key template, longer than a key, or its objects
   *     would be hidden
   */
  public S3SinkBuilder partitions(String template) {
    key = shorter(KeyTemplate.partitioned(template));
    return this;
  }

  /** What is longer by itself makes no key at all; the rest shows with its values. */
  static KeyTemplate shorter(KeyTemplate template) {
    String fixed = template.toString().replaceAll("\\{\\w+}", "x");
    int length = fixed.getBytes(StandardCharsets.UTF_8).length;
    if (length > S3Sink.LONGEST_KEY) {
      throw new IllegalArgumentException(
          "A key has at most %d bytes in UTF-8; this template has %d apart from its words."
              .formatted(S3Sink.LONGEST_KEY, length));
    }
    return template;
  }

  /**
   * Compresses files by gzip; keys end with {@code .gz} then, and objects have the content encoding
   * {@code gzip}. Off by default.
   *
   * @return this
   */
  public S3SinkBuilder gzip() {
    packing = Packing.GZIP;
    return this;
  }

  /**
   * Compresses files by zstd; keys end with {@code .zst} then, and objects have the content
   * encoding {@code zstd}. Off by default.
   *
   * @return this
   * @throws IllegalStateException if {@code com.github.luben:zstd-jni} is not there, or not for
   *     this machine
   */
  public S3SinkBuilder zstd() {
    ZstdLibrary.require();
    packing = Packing.ZSTD;
    return this;
  }

  /**
   * Sets what a larger file is cut into, and how large one is sent whole; 16 MiB by default. A file
   * that would have more than 10,000 parts has larger ones.
   *
   * @param bytes 5 MiB to 5 GiB
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public S3SinkBuilder partSize(long bytes) {
    if (bytes < SMALLEST_PART || bytes > LARGEST_PART) {
      throw new IllegalArgumentException("A part has %d to %d bytes; %d is out of range."
          .formatted(SMALLEST_PART, LARGEST_PART, bytes));
    }
    partSize = bytes;
    return this;
  }

  /**
   * Sets how many parts are sent at once, of all files together; 4 by default.
   *
   * @param count 1 to 64
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public S3SinkBuilder parallelParts(int count) {
    if (count < 1 || count > MOST_PARALLEL) {
      throw new IllegalArgumentException(
          "1 to %d parts are sent at once, not %d.".formatted(MOST_PARALLEL, count));
    }
    parallelParts = count;
    return this;
  }

  /**
   * Has the server encrypt objects with its own keys; what the bucket says by default.
   *
   * @return this
   */
  public S3SinkBuilder encryptedByS3() {
    encryption = ServerSideEncryption.AES256;
    kmsKey = null;
    return this;
  }

  /**
   * Has the server encrypt objects with a key of its key management.
   *
   * @param keyId id, alias or ARN
   * @return this
   * @throws IllegalArgumentException if it is blank
   */
  public S3SinkBuilder encryptedByKms(String keyId) {
    if (keyId.isBlank()) {
      throw new IllegalArgumentException(
          "A key for encryption has an id; for the server's own keys say encryptedByS3().");
    }
    encryption = ServerSideEncryption.AWS_KMS;
    kmsKey = keyId;
    return this;
  }

  /**
   * Sets the storage class; the server's default by default.
   *
   * @param name such as {@code STANDARD_IA}, or one that another server knows
   * @return this
   * @throws IllegalArgumentException if no class is called so
   */
  public S3SinkBuilder storageClass(String name) {
    if (!STORAGE_CLASS.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A storage class is named such as STANDARD_IA; \"%s\" is none.".formatted(name));
    }
    storageClass = name;
    return this;
  }

  /**
   * Adds a tag to all objects.
   *
   * @param name 1 to 128 characters
   * @param value up to 256 characters
   * @return this
   * @throws IllegalArgumentException if one is longer, or there are ten already
   */
  public S3SinkBuilder tag(String name, String value) {
    if (name.isEmpty() || name.length() > 128 || value.length() > 256) {
      throw new IllegalArgumentException(
          "A tag has a name of 1 to 128 and a value of up to 256 characters; \"%s\" is out of range."
              .formatted(name));
    }
    tags.put(name, value);
    if (tags.size() > MOST_TAGS) {
      throw new IllegalArgumentException(
          "An object has at most %d tags; \"%s\" is one too many.".formatted(MOST_TAGS, name));
    }
    return this;
  }

  /**
   * Keeps objects from being removed for a time, in a bucket that has object lock.
   *
   * @param mode whether nobody may end it earlier, or those with a right of its own
   * @param time from when the object is made; positive
   * @return this
   * @throws IllegalArgumentException if the time is not positive
   */
  public S3SinkBuilder retainedFor(ObjectLockMode mode, Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("A retention is positive, unlike %s.".formatted(time));
    }
    lockMode = mode;
    retention = time;
    return this;
  }

  /**
   * Keeps objects from being removed until the hold on each is ended, in a bucket that has object
   * lock.
   *
   * @return this
   */
  public S3SinkBuilder legalHold() {
    legalHold = true;
    return this;
  }

  /**
   * Has the server refuse requests if the bucket belongs to another account.
   *
   * @param account 12 digits
   * @return this
   * @throws IllegalArgumentException if it is something else
   */
  public S3SinkBuilder ownedBy(String account) {
    if (!ACCOUNT.matcher(account).matches()) {
      throw new IllegalArgumentException(
          "An account has 12 digits; \"%s\" is none.".formatted(account));
    }
    owner = account;
    return this;
  }

  /**
   * Sets when an upload in parts that nobody completed counts as left over; 2 days by default. Such
   * uploads are ended once a day if all keys begin with the same text, as {@code exports/{eventId}}
   * do, and else by {@link S3Sink#sweep} alone: keys of others may look like them.
   *
   * @param age at least 1 day, as long as anyone may still be at it
   * @return this
   * @throws IllegalArgumentException if it is shorter
   */
  public S3SinkBuilder abandonedAfter(Duration age) {
    if (age.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException(
          "An upload may be under way for a day; %s is too short.".formatted(age));
    }
    abandonedAfter = age;
    return this;
  }

  /**
   * Sets what tells the time of retentions and sweeps; by default the system's clock.
   *
   * @param time only its instant counts
   * @return this
   */
  public S3SinkBuilder clock(Clock time) {
    clock = time;
    return this;
  }

  /**
   * Makes the sink; the server is not asked before the pipeline starts.
   *
   * @return the sink
   * @throws IllegalStateException if there is neither a region nor an endpoint, here or in the
   *     environment
   */
  public S3Sink build() {
    S3Client client = connection.open();
    return build(client, client::close);
  }

  /**
   * Makes the sink on a client of the user's.
   *
   * <p>Its checksums should be calculated {@code WHEN_REQUIRED}, and its chunked encoding off, for
   * servers that are older than those; the sink gives checksums by itself.
   *
   * @param client stays the user's to close
   * @return the sink
   * @throws IllegalStateException if region, endpoint, path style, credentials or silence were set
   *     here, which belong to the client
   */
  public S3Sink build(S3Client client) {
    if (connection.isSet()) {
      throw new IllegalStateException(
          "A client has a region, an endpoint, credentials and time-outs of its own; set them there, or let build() make the client.");
    }
    return build(client, () -> {});
  }

  private S3Sink build(S3Client client, Runnable close) {
    return new S3Sink(new Bucket(client, bucket, owner), settings(), this, close);
  }

  private ObjectSettings settings() {
    return new ObjectSettings(
        encryption,
        kmsKey,
        storageClass,
        Map.copyOf(tags),
        lockMode,
        retention,
        legalHold,
        owner,
        clock);
  }
}
