package dev.landfall.emulator.rest;

import java.util.Optional;

/** The data projects that executions can be made of. */
public interface ProjectSource {

  /**
   * {@return the name as it was registered, or nothing if there is no such project}
   *
   * @param name in any case
   */
  Optional<String> find(String name);

  /**
   * {@return the company a project is for unless a call names another}
   *
   * @param name of a project that is there
   */
  String company(String name);

  /**
   * Makes the data package of a project.
   *
   * @param name of a project that is there
   * @param company whose data
   * @return the name of its blob
   * @throws RuntimeException if it cannot be made
   */
  String export(String name, String company);
}
