package dev.landfall.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a workbook's zip are needed to read one sheet.
 *
 * <p>Source: ECMA-376, part 2, section 9.3 for relations, and part 1, section 18.2 for sheets.
 * Namespaces differ between its two conformance classes, so names are taken without them.
 */
final class WorkbookParts {

  private static final int MOST_RELATIONS = 10_000;
  private static final String MAIN = "xl/workbook.xml";

  private final ZipBytes zip;
  private final PackageLimits limits;
  private final Map<String, PackedFile> files;
  private final Map<String, Relation> relations;
  private final List<Sheet> sheets = new ArrayList<>();
  private final PackedFile sheet;
  private boolean from1904;

  private record Relation(String type, String target) {}

  private record Sheet(String name, boolean hidden, String relation) {}

  private WorkbookParts(ZipBytes zip, PackageLimits limits, @Nullable String sheetName)
      throws IOException {
    this.zip = zip;
    this.limits = limits;
    files = PackedFiles.of(zip, limits);
    String main = relations("").values().stream()
        .filter(relation -> relation.type.equals("officeDocument"))
        .map(Relation::target)
        .findFirst()
        .orElse(MAIN);
    if (main.endsWith(".bin")) {
      throw refused("is a binary one (XLSB). Export it as XLSX.");
    }
    relations = relations(main);
    readSheets(part(main).orElseThrow(() -> refused("is a zip without one.")));
    sheet = chosen(sheetName);
  }

  static WorkbookParts of(ZipBytes zip, PackageLimits limits, @Nullable String sheet)
      throws IOException {
    return new WorkbookParts(zip, limits, sheet);
  }

  private static MalformedFileException refused(String what) {
    return new MalformedFileException(
        "A workbook in the format XLSX was expected, and this " + what, null);
  }

  private Optional<PackedFile> part(String path) {
    return Optional.ofNullable(files.get(ZipNames.folded(path)));
  }

  /** {@return what a part points to, by id; none if it has no file for that} */
  private Map<String, Relation> relations(String of) throws IOException {
    String folder = of.substring(0, of.lastIndexOf('/') + 1);
    Map<String, Relation> found = new TreeMap<>();
    Optional<PackedFile> file = part(folder + "_rels/" + of.substring(folder.length()) + ".rels");
    if (file.isPresent()) {
      try (WorkbookXml xml = open(file.get())) {
        while (xml.next()) {
          if (xml.name().equals("Relationship")) {
            String type = xml.attribute("Type");
            found.put(
                xml.attribute("Id"),
                new Relation(
                    type.substring(type.lastIndexOf('/') + 1),
                    resolved(folder, xml.attribute("Target"))));
          }
          if (found.size() > MOST_RELATIONS) {
            throw xml.malformed("at most %d relations were expected.".formatted(MOST_RELATIONS));
          }
        }
      }
    }
    return found;
  }

  private static String resolved(String folder, String target) {
    List<String> parts = new ArrayList<>();
    for (String part : (target.startsWith("/") ? target : folder + target).split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty()) {
        parts.remove(parts.size() - 1);
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  private void readSheets(PackedFile main) throws IOException {
    try (WorkbookXml xml = open(main)) {
      while (xml.next()) {
        if (xml.depth() == 1 && !xml.name().equals("workbook")) {
          throw refused("is another office document.");
        }
        if (xml.name().equals("workbookPr")) {
          from1904 = xml.attribute("date1904").matches("1|true");
        } else if (xml.name().equals("sheet") && sheets.size() < MOST_RELATIONS) {
          String state = xml.attribute("state");
          sheets.add(new Sheet(
              xml.attribute("name"),
              state.equals("hidden") || state.equals("veryHidden"),
              xml.qualifiedAttribute("id")));
        }
      }
    }
  }

  private PackedFile chosen(@Nullable String name) {
    for (Sheet each : sheets) {
      Relation relation = relations.get(each.relation);
      boolean wanted = name == null ? !each.hidden : each.name.equalsIgnoreCase(name);
      if (wanted && relation != null && relation.type.equals("worksheet")) {
        return part(relation.target)
            .orElseThrow(
                () -> refused("has a sheet %s without a file. Is it whole? Export it again."
                    .formatted(ZipNames.shown(each.name))));
      }
    }
    throw refused(
        name == null
            ? "has no sheet that is not hidden. Name the sheet ('withSheet')."
            : "has no sheet %s. Its sheets are %s."
                .formatted(
                    ZipNames.shown(name),
                    String.join(
                        ", ",
                        sheets.stream()
                            .limit(10)
                            .map(each -> ZipNames.shown(each.name))
                            .toList())));
  }

  private WorkbookXml open(PackedFile file) throws IOException {
    return new WorkbookXml(
        bytes(file),
        limits.deepestXml(),
        WorkbookXml.LONGEST_TOKEN,
        (line, column, expected, cause) -> new MalformedFileException(
            "The part %s of a workbook, line %d, column %d: %s"
                .formatted(ZipNames.shown(file.name()), line, column, expected),
            cause));
  }

  private InputStream bytes(PackedFile file) {
    return file.open(zip);
  }

  /** {@return the XML of the part that a relation of the workbook leads to, if there is one} */
  Optional<WorkbookXml> openRelated(String type) throws IOException {
    for (Relation relation : relations.values()) {
      Optional<PackedFile> file = part(relation.target);
      if (relation.type.equals(type) && file.isPresent()) {
        return Optional.of(open(file.get()));
      }
    }
    return Optional.empty();
  }

  /** {@return the XML of the sheet} */
  WorkbookXml openSheet(int longestToken, XmlEvents.Refusal refusal) throws IOException {
    return new WorkbookXml(bytes(sheet), limits.deepestXml(), longestToken, refusal);
  }

  /** {@return whether days are counted from 1904} */
  boolean from1904() {
    return from1904;
  }
}
