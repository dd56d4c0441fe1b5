package dev.landfall.emulator.rest;

import dev.landfall.emulator.api.PackageBehaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** One execution of a data project; it goes on with each look at it. */
final class Execution {

  private static final Set<String> WITH_PACKAGE = Set.of("Succeeded", "PartiallySucceeded");

  private final String id;
  private final String project;
  private final String company;
  private final Instant started;
  private final PackageBehaviour behaviour;
  private final Duration takes;
  private final long startNanos = System.nanoTime();
  // Guarded by this.
  private String ending;
  private String errors;
  private Optional<String> blobName = Optional.empty();
  private boolean worked;
  private int looks;
  private int urlCalls;

  Execution(
      String id,
      String project,
      String company,
      Instant started,
      PackageBehaviour behaviour,
      Duration takes) {
    this.id = id;
    this.project = project;
    this.company = company;
    this.started = started;
    this.behaviour = behaviour;
    this.takes = takes;
    this.ending = behaviour.ending();
    this.errors = behaviour.errors();
  }

  String id() {
    return id;
  }

  String project() {
    return project;
  }

  String company() {
    return company;
  }

  Instant started() {
    return started;
  }

  boolean nested() {
    return behaviour.nested();
  }

  Duration takes() {
    return takes;
  }

  synchronized boolean hasWorked() {
    return worked;
  }

  boolean hasPackage() {
    return WITH_PACKAGE.contains(behaviour.ending());
  }

  synchronized void packed(String name) {
    blobName = Optional.of(name);
    worked = true;
  }

  synchronized void withoutPackage() {
    worked = true;
  }

  synchronized void failed(String why) {
    ending = "Failed";
    errors = why;
    worked = true;
  }

  /** {@return the status, or nothing if the execution is not to be seen yet} */
  synchronized Optional<String> look() {
    int before = looks;
    if (!isOver() || before < behaviour.notFoundFor()) {
      looks++;
    }
    if (before < behaviour.notFoundFor()) {
      return Optional.empty();
    }
    if (worked && (isTimeUp() || before >= running())) {
      return Optional.of(ending);
    }
    return Optional.of(
        before < behaviour.notFoundFor() + behaviour.notRunFor() ? "NotRun" : "Executing");
  }

  synchronized boolean isOver() {
    return worked && (isTimeUp() || looks >= running());
  }

  private int running() {
    return behaviour.notFoundFor() + behaviour.notRunFor() + behaviour.executingFor();
  }

  /** A call that does the work itself has done it when it is answered. */
  private boolean isTimeUp() {
    return !takes.isZero() && System.nanoTime() - startNanos >= takes.toNanos();
  }

  /** {@return the blob of the package, or nothing if there is none yet or at all} */
  synchronized Optional<String> packageBlob() {
    if (looks < behaviour.notFoundFor()) {
      throw ActionFailure.notFound(id);
    }
    if (!isOver() || blobName.isEmpty()) {
      return Optional.empty();
    }
    return urlCalls++ < behaviour.urlEmptyFor() ? Optional.empty() : blobName;
  }

  synchronized String errors() {
    if (looks < behaviour.notFoundFor()) {
      throw ActionFailure.notFound(id);
    }
    return isOver() ? errors : "[]";
  }
}
