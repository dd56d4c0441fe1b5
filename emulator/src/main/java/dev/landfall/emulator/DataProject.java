package dev.landfall.emulator;

import dev.landfall.emulator.data.DataFormat;
import dev.landfall.emulator.data.Entity;
import dev.landfall.emulator.data.GeneratedData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A data project of operation Export and category Integration: what is exported together.
 *
 * <p>Each of its entities makes a file of its own and, as in F&amp;O, an event of its own; no event
 * tells that the project is done. Projects are immutable: every method gives another project, so a
 * single export can be made different with {@code emulator.export(project.linkLifetime(...))}.
 */
public final class DataProject {

  private final String name;
  private final String legalEntity;
  private final DataFormat format;
  private final long seed;
  private final boolean inBlocks;
  private final Optional<Duration> linkLifetime;
  private final List<Part> parts;

  private DataProject(
      String name,
      String legalEntity,
      DataFormat format,
      long seed,
      boolean inBlocks,
      Optional<Duration> linkLifetime,
      List<Part> parts) {
    this.name = name;
    this.legalEntity = legalEntity;
    this.format = format;
    this.seed = seed;
    this.inBlocks = inBlocks;
    this.linkLifetime = linkLifetime;
    this.parts = parts;
  }

  /**
   * {@return a project without entities, for company {@code usmf}}
   *
   * @param name what people call it
   * @throws IllegalArgumentException if it is blank
   */
  public static DataProject named(String name) {
    return new DataProject(
        required("A data project", name),
        "usmf",
        DataFormat.CSV,
        1,
        false,
        Optional.empty(),
        List.of());
  }

  /**
   * {@return this project for another company; the default is {@code usmf}}
   *
   * @param company 1 to 4 characters, as F&amp;O has it
   * @throws IllegalArgumentException if it is blank or longer
   */
  public DataProject legalEntity(String company) {
    if (company.isBlank() || company.length() > 4) {
      throw new IllegalArgumentException(
          "A legal entity has 1 to 4 characters, such as usmf; this one is \"%s\"."
              .formatted(company));
    }
    return new DataProject(name, company, format, seed, inBlocks, linkLifetime, parts);
  }

  /**
   * {@return this project with its generated files in another format; the default is CSV}
   *
   * @param value for generated files alone; given files stay as they are
   */
  public DataProject format(DataFormat value) {
    return new DataProject(name, legalEntity, value, seed, inBlocks, linkLifetime, parts);
  }

  /**
   * {@return this project with other values in its generated files; the default seed is 1}
   *
   * @param value any number
   */
  public DataProject seed(long value) {
    return new DataProject(name, legalEntity, format, value, inBlocks, linkLifetime, parts);
  }

  /**
   * {@return this project with its files uploaded in blocks, which leaves them without an MD5}
   *
   * <p>Azure computes an MD5 only for files that come in one piece, which small ones do. By default
   * each file has one.
   */
  public DataProject uploadedInBlocks() {
    return new DataProject(name, legalEntity, format, seed, true, linkLifetime, parts);
  }

  /**
   * {@return this project with links that live so long; the default is the emulator's}
   *
   * @param value counted from the event's time; a negative one makes links that are dead on arrival
   */
  public DataProject linkLifetime(Duration value) {
    return new DataProject(name, legalEntity, format, seed, inBlocks, Optional.of(value), parts);
  }

  /**
   * {@return this project with one more entity, whose rows are made up at each export}
   *
   * @param entity its shape; the label may be there already
   * @param rows how many
   * @throws IllegalArgumentException if the number is negative or the entity has no field
   */
  public DataProject entity(Entity entity, int rows) {
    GeneratedData data = entity.rows(rows);
    return with(new Part() {
      @Override
      public String label() {
        return entity.label();
      }

      @Override
      public int records() {
        return rows;
      }

      @Override
      public String extension(DataFormat chosen) {
        return "." + chosen.extension();
      }

      @Override
      public List<String> fields() {
        return entity.fieldNames();
      }

      @Override
      public void writeTo(OutputStream out, DataProject project) throws IOException {
        data.seed(project.seed).legalEntity(project.legalEntity).write(project.format, out);
      }
    });
  }

  /**
   * {@return this project with one more entity, whose file is given}
   *
   * @param label what events call the entity, such as {@code Customer groups}
   * @param file any bytes; read at each export. Its extension becomes the blob's
   * @param records how many records the event announces
   * @throws IllegalArgumentException if the label is blank, the file is not there or the number is
   *     negative
   */
  public DataProject file(String label, Path file, int records) {
    required("An entity", label);
    if (!Files.isRegularFile(file) || records < 0) {
      throw new IllegalArgumentException(
          "An entity is exported from a file that is there, with 0 records or more; given were %s and %d."
              .formatted(file, records));
    }
    String fileName = file.getFileName().toString();
    int dot = fileName.lastIndexOf('.');
    String extension = dot < 0 ? "" : fileName.substring(dot);
    return with(new Part() {
      @Override
      public String label() {
        return label;
      }

      @Override
      public int records() {
        return records;
      }

      @Override
      public String extension(DataFormat chosen) {
        return extension;
      }

      @Override
      public void writeTo(OutputStream out, DataProject project) throws IOException {
        Files.copy(file, out);
      }
    });
  }

  private DataProject with(Part part) {
    var more = new ArrayList<>(parts);
    more.add(part);
    return new DataProject(
        name, legalEntity, format, seed, inBlocks, linkLifetime, List.copyOf(more));
  }

  private static String required(String what, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(what + " has a name; this one is blank.");
    }
    return name;
  }

  /** One entity of the project. */
  interface Part {

    String label();

    int records();

    /** {@return the dot and the extension, or nothing} */
    String extension(DataFormat chosen);

    void writeTo(OutputStream out, DataProject project) throws IOException;

    /** {@return the names of its fields, as far as they are known} */
    default List<String> fields() {
      return List.of();
    }
  }

  String name() {
    return name;
  }

  String legalEntity() {
    return legalEntity;
  }

  DataFormat format() {
    return format;
  }

  boolean inBlocks() {
    return inBlocks;
  }

  Optional<Duration> linkLifetime() {
    return linkLifetime;
  }

  List<Part> parts() {
    return parts;
  }

  @Override
  public String toString() {
    return name + " (" + legalEntity + ") " + parts.stream().map(Part::label).toList();
  }
}
