package dev.landfall.sink.s3;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.KeyTemplate;
import dev.landfall.file.Receipt;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stores each file as an object in S3, or in what is compatible with it.
 *
 * <pre>{@code
 * S3Sink.bucket("exports").region("eu-central-1").build()
 * S3Sink.bucket("lake").partitions("entity={entity}/dt={date}/{eventId}.{format}").gzip().build()
 * }</pre>
 *
 * <p><b>Once.</b> The key follows from the event, and an object is never overwritten: requests say
 * {@code If-None-Match: *}. What is there with the same bytes, told by its checksum, its entity tag
 * or by reading it, counts as stored; with other bytes the landing is refused. A server that does
 * not know that header is found out, and asked before each object instead; of two that store
 * different files under one key at the same moment there, the later wins.
 *
 * <p><b>Whole.</b> An object appears when all of it is there. The server is given the SHA-256 that
 * the download had, or the CRC-32 of each part and of the whole, and what it answers is compared;
 * where it answers none, its entity tags are compared with MD5, and where these are something else,
 * the object is read back.
 *
 * <p><b>Parts.</b> A file larger than a part goes up in several at once. When that breaks off, the
 * next try in this process sends what is missing; what a crash leaves is ended by {@link #sweep}.
 * Memory does not grow with the file.
 *
 * <p><b>Rights.</b> {@code s3:PutObject}, {@code s3:GetObject} and {@code s3:AbortMultipartUpload};
 * for {@link #sweep} {@code s3:ListBucketMultipartUploads}; to remove what a server got wrong
 * {@code s3:DeleteObject}; more for tags, retention and keys for encryption.
 *
 * <p>Used by several threads at once. Failures are told as what to change; all that a person can
 * mend outside is tried again.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html">The S3 API</a>
 */
public final class S3Sink implements FileSink, AutoCloseable {

  /** In bytes of UTF-8. */
  static final int LONGEST_KEY = 1024;

  private final Bucket bucket;
  private final KeyTemplate key;
  private final Packing packing;
  private final WriteOnce objects;
  private final Strays strays;
  private final PartedUploads uploads;
  private final Runnable closeClient;

  S3Sink(Bucket bucket, ObjectSettings settings, S3SinkBuilder wanted, Runnable closeClient) {
    ObjectMaker maker = new ObjectMaker(bucket, settings);
    this.bucket = bucket;
    this.key = wanted.key;
    this.packing = wanted.packing;
    this.uploads = new PartedUploads(bucket, maker, wanted.partSize, wanted.parallelParts);
    this.objects = new WriteOnce(bucket, maker, uploads);
    this.strays =
        new Strays(bucket, uploads, key, packing.suffix(), wanted.abandonedAfter, wanted.clock);
    this.closeClient = closeClient;
  }

  /**
   * Begins with the bucket.
   *
   * @param name of a bucket that is there, or the ARN or alias of an access point
   * @return what takes the options
   * @throws IllegalArgumentException if no server has a bucket of such a name
   */
  public static S3SinkBuilder bucket(String name) {
    return new S3SinkBuilder(name);
  }

  /** {@return {@code objects} and the address with the template of the keys} */
  @Override
  public String name() {
    return "objects " + bucket.address(key.toString()) + packing.suffix();
  }

  /**
   * Asks the server for a list of the bucket's objects.
   *
   * @throws SinkException if the bucket, region or credentials are certainly wrong; to be forbidden
   *     to list is not, as storing may be allowed
   */
  @Override
  public void check() throws InterruptedException {
    bucket.check();
  }

  /**
   * {@inheritDoc}
   *
   * <p>The receipt has the object's address, such as {@code s3://exports/Customers/1A2B.csv}.
   *
   * @throws IOException if the local disk cannot be read, or written for compressing
   */
  @Override
  public Receipt store(ExportedFile file) throws IOException, InterruptedException {
    return Receipt.of(put(file).address(), file);
  }

  /**
   * What became of a file.
   *
   * @param address of the object
   * @param length of the object in bytes
   * @param encoding how it is compressed, or null
   */
  record Stored(String address, long length, @Nullable String encoding) {}

  Stored put(ExportedFile file) throws IOException, InterruptedException {
    String name = checked(key.keyOf(file) + packing.suffix());
    try {
      long length = packing.use(file, content -> objects.store(name, content, Labels.of(file)));
      strays.sweepIfDue();
      return new Stored(bucket.address(name), length, packing.encoding());
    } catch (ClosedByInterruptException interrupted) {
      Thread.interrupted();
      throw new InterruptedException("The pipeline closes.");
    } catch (UnreadFileException disk) {
      throw new IOException(disk);
    }
  }

  /** Stores a document about a file. */
  String putDocument(KeyTemplate template, byte[] document, ExportedFile file)
      throws IOException, InterruptedException {
    String name = checked(template.keyOf(file));
    Content content = Content.of(document, "application/json");
    Map<String, String> labels = Labels.of(file);
    labels.put(Labels.SHA256, content.sha256().hex());
    labels.put(Labels.LENGTH, Long.toString(content.length()));
    objects.store(name, content, labels);
    return bucket.address(name);
  }

  private static String checked(String name) {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_KEY) {
      throw SinkException.rejected(
          "A key has at most %d bytes in UTF-8, and this one has %d: %s... Shorten the template, or use fewer of its words."
              .formatted(LONGEST_KEY, length, name.substring(0, 100)),
          null);
    }
    return name;
  }

  /**
   * {@return a sink that stores each file, and then a document that tells of it, so that whoever
   * finds the document can rely on all it names}
   *
   * <p>See {@link #manifest(String, UnaryOperator)}.
   *
   * @param template makes the document's key, see {@link KeyTemplate}, such as
   *     {@code _manifests/{date}/{eventId}.json}
   * @throws IllegalArgumentException if it is no key template, or longer than a key
   */
  public FileSink manifest(String template) {
    return manifest(template, UnaryOperator.identity());
  }

  /**
   * {@return a sink that stores all objects of each file, and then one document that tells of them}
   *
   * <pre>{@code
   * S3Sink lake = S3Sink.bucket("lake").build();
   * route.store(lake.manifest("_manifests/{date}/{eventId}.json", PackageEntities::into))
   * }</pre>
   *
   * <p>The document is JSON: the event, the file, and {@code entries} with the {@code url}, length
   * and digest of each object, in the form that <a
   * href="https://docs.aws.amazon.com/redshift/latest/dg/loading-data-files-using-manifest.html">COPY
   * of Redshift</a> takes. It never has the link, is written last, and is the same whenever it is
   * written for the same file.
   *
   * @param template makes the document's key, see {@link KeyTemplate}; should give each event
   *     another
   * @param way what makes several objects of one file, such as {@code PackageEntities::into}, given
   *     this sink
   * @throws IllegalArgumentException if it is no key template, or longer than a key
   */
  public FileSink manifest(String template, UnaryOperator<FileSink> way) {
    return new RunManifest(this, S3SinkBuilder.shorter(KeyTemplate.of(template)), way);
  }

  /**
   * Ends uploads in parts that were left over by a crash: those to keys of this sink's form that
   * began longer ago than {@link S3SinkBuilder#abandonedAfter} says, except those that this sink
   * may still complete. A sink whose keys all begin with the same text does so by itself once a
   * day.
   *
   * @return how many, 1,000 at most
   * @throws SinkException if the server does not allow it
   * @throws InterruptedException if the thread is interrupted
   */
  public int sweep() throws InterruptedException {
    return strays.sweep();
  }

  /**
   * Ends uploads that broke off, and the client unless it was given. A pipeline does not close its
   * sinks; one that is never closed holds a few idle connections until the process ends.
   */
  @Override
  public void close() {
    uploads.close();
    closeClient.run();
  }
}
