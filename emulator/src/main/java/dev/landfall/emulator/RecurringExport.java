package dev.landfall.emulator;

import dev.landfall.emulator.rest.ActivityQueue;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;

/**
 * A recurring data job that exports: each run queues one message, which is fetched with {@code GET
 * /api/connector/dequeue/{activityId}} and stays until it is acknowledged.
 */
public final class RecurringExport {

  private final DataProject project;
  private final Exporter exporter;
  private final ActivityQueue queue;
  private volatile boolean packaged;

  RecurringExport(DataProject project, Exporter exporter, ActivityQueue queue) {
    this.project = project;
    this.exporter = exporter;
    this.queue = queue;
  }

  /** {@return the id of the job, by which its messages are fetched} */
  public UUID activityId() {
    return queue.activityId();
  }

  /**
   * Makes data packages from now on, instead of files as they are; a project of several entities
   * needs it.
   *
   * @return this
   */
  public RecurringExport asPackage() {
    packaged = true;
    return this;
  }

  /**
   * Runs the job once: makes the file, raises no business event, and queues one message.
   *
   * @return the file; it has no event
   * @throws UncheckedIOException if the file cannot be read or stored; nothing is queued then
   * @throws IllegalStateException if the project has no entity, or several and makes no packages
   */
  public Export run() {
    return run(false);
  }

  /**
   * Runs the job once and raises the business event that announces the very same file, so that it
   * can be fetched in two ways.
   *
   * @return the file and its event
   * @throws UncheckedIOException if the file cannot be read or stored; nothing is queued then
   * @throws IllegalStateException if the project has no entity, or several and makes no packages
   */
  public Export runWithEvent() {
    return run(true);
  }

  private Export run(boolean announced) {
    if (project.parts().isEmpty() || (project.parts().size() > 1 && !packaged)) {
      throw new IllegalStateException(
          "A message has one file, and %s has %d entities; several go asPackage()."
              .formatted(project.name(), project.parts().size()));
    }
    DataProject.Part part =
        packaged ? new PackageFile(project) : project.parts().get(0);
    Export export = exporter.export(project, part, announced);
    queue.add(Optional.of(export.blobName()));
    return export;
  }

  /** Runs the job once without a record and without a file; the message has no location. */
  public void runEmpty() {
    queue.add(Optional.empty());
  }

  /**
   * {@return how many messages the next calls would be handed, now, by the emulator's clock; those
   * that were handed out lately are not among them}
   */
  public int waiting() {
    return queue.waiting();
  }

  /** {@return how often a message was handed out, the same one again included} */
  public int dequeued() {
    return queue.dequeued();
  }

  /** {@return how many messages were acknowledged} */
  public int acknowledged() {
    return queue.acknowledged();
  }

  /** {@return how many downloads were let in, parts of a file included} */
  public int downloads() {
    return queue.downloads();
  }

  @Override
  public String toString() {
    return "Recurring export of %s as %s".formatted(project.name(), activityId());
  }
}
