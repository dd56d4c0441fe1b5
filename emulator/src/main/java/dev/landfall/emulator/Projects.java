package dev.landfall.emulator;

import dev.landfall.emulator.rest.ProjectSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The data projects that are found by their names, which F&amp;O compares in any case. */
final class Projects implements ProjectSource {

  private final Exporter exporter;
  private final Map<String, DataProject> projects =
      new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);

  Projects(Exporter exporter) {
    this.exporter = exporter;
  }

  void register(DataProject project) {
    projects.put(project.name(), project);
  }

  @Override
  public Optional<String> find(String name) {
    return Optional.ofNullable(projects.get(name)).map(DataProject::name);
  }

  @Override
  public String company(String name) {
    return get(name).legalEntity();
  }

  @Override
  public String export(String name, String company) {
    DataProject project = get(name).legalEntity(company);
    return exporter.export(project, new PackageFile(project), false).blobName();
  }

  private DataProject get(String name) {
    DataProject project = projects.get(name);
    if (project == null) {
      throw new IllegalStateException("A project that was there is gone: " + name);
    }
    return project;
  }
}
