package dev.landfall.emulator.rest;

import dev.landfall.emulator.api.PackageBehaviour;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** All executions of data projects. */
public final class Executions {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final String DEADLOCK =
      "[{\"ErrorMessage\":\"Cannot select a record in Data management execution history. Deadlock,"
          + " where one or more users have simultaneously locked the whole table or part of it.\"}]";

  private final ProjectSource projects;
  private final Clock clock;
  // Guarded by this.
  private final Map<String, Execution> executions = new LinkedHashMap<>();
  private PackageBehaviour behaviour = PackageBehaviour.usual();
  private int exports;
  private int overlapping;

  Executions(ProjectSource projects, Clock clock) {
    this.projects = projects;
    this.clock = clock;
  }

  /**
   * Sets how executions go that start from now on.
   *
   * @param value takes the place of the one before
   */
  public synchronized void behave(PackageBehaviour value) {
    behaviour = value;
  }

  /** {@return the ids of all executions, in the order of their start} */
  public synchronized List<String> ids() {
    return List.copyOf(executions.keySet());
  }

  /** {@return how many of them were started by a call} */
  public synchronized int exportsStarted() {
    return exports;
  }

  /** {@return how many were started while another of the same project was at work} */
  public synchronized int overlapping() {
    return overlapping;
  }

  /**
   * Executes a project as a person or a batch job does.
   *
   * @param project its name
   * @return the execution's id
   * @throws IllegalArgumentException if there is no such project
   */
  public String execute(String project) {
    String name = projects
        .find(project)
        .orElseThrow(() -> new IllegalArgumentException(
            "A project is executed that was registered; %s was not.".formatted(project)));
    String id = newId(name);
    work(begin(id, name, projects.company(name), false, false));
    return id;
  }

  /**
   * What a call to export was answered with.
   *
   * @param id of the execution
   * @param nested whether it comes as an object inside the object
   * @param takes how long the call takes
   */
  record Started(String id, boolean nested, Duration takes) {}

  Started export(String givenId, String project, String company, boolean waits) {
    Optional<String> name = projects.find(project);
    String id = givenId.isEmpty() ? newId(project) : givenId;
    if (name.isEmpty()) {
      synchronized (this) {
        // A name that is wrong is not told; the execution is just never found.
        return new Started(id, behaviour.nested(), Duration.ZERO);
      }
    }
    Execution execution = begin(
        id, name.get(), company.isBlank() ? projects.company(name.get()) : company, waits, true);
    work(execution);
    return new Started(id, execution.nested(), execution.takes());
  }

  private synchronized Execution begin(
      String id, String project, String company, boolean waits, boolean called) {
    if (executions.containsKey(id)) {
      throw new ActionFailure("The execution id %s is already in use.".formatted(id));
    }
    boolean overlaps = executions.values().stream()
        .anyMatch(other -> other.project().equals(project) && !other.isOver());
    var execution = new Execution(
        id,
        project,
        company,
        clock.instant(),
        behaviour,
        waits ? behaviour.exportTakes() : Duration.ZERO);
    if (overlaps) {
      overlapping++;
      execution.failed(DEADLOCK);
    } else if (!execution.hasPackage()) {
      execution.withoutPackage();
    }
    if (called) {
      exports++;
    }
    executions.put(id, execution);
    return execution;
  }

  /** Not under the lock, since a large package takes its time. */
  private void work(Execution execution) {
    if (execution.hasWorked()) {
      return;
    }
    try {
      execution.packed(projects.export(execution.project(), execution.company()));
    } catch (RuntimeException failure) {
      execution.failed("[{\"ErrorMessage\":\"The package could not be made.\"}]");
    }
  }

  Execution find(String id) {
    synchronized (this) {
      return Optional.ofNullable(executions.get(id)).orElseThrow(() -> ActionFailure.notFound(id));
    }
  }

  List<Execution> all() {
    synchronized (this) {
      return new ArrayList<>(executions.values());
    }
  }

  private String newId(String project) {
    return "%s-%s-%s"
        .formatted(
            project,
            TIME.format(clock.instant().truncatedTo(ChronoUnit.SECONDS)),
            UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT));
  }
}
