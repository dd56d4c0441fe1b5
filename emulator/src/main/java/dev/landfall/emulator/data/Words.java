package dev.landfall.emulator.data;

import java.util.List;

/** Invented words, with everything in them that careless readers of export files trip over. */
final class Words {

  static final List<String> NAMES = List.of(
      "Contoso Retail",
      "Fabrikam",
      "Northwind Traders",
      "Grün & Söhne",
      "Bäckerei Übermut",
      "Smith, Jones and Daughters",
      "The \"Old\" Mill",
      "O'Neill Fittings",
      "Façade & Fenêtre",
      "Łódź Włókna",
      "山田商事",
      "上海远洋贸易",
      "한빛 소프트",
      "Ærø Skibsværft",
      "A<B Consulting",
      "100% Cotton; Co");

  static final List<String> FORMS =
      List.of("", " GmbH", ", Inc.", " Ltd", " S.A.", " 株式会社", " ApS");

  static final List<String> CITIES = List.of(
      "Redmond", "München", "Zürich", "Ålesund", "São Paulo", "Kraków", "東京", "Pune", "Lyon");

  static final List<String> STREETS = List.of(
      "1 Harbour Way",
      "Hauptstraße 12",
      "12, rue de l'Été",
      "Building \"C\", Gate 4",
      "Unit 7\nOld Wharf",
      "Plot 21\r\nIndustrial Area, Phase II",
      "中央区1-2-3");

  static final List<String> TEXTS = List.of(
      "",
      "",
      "",
      "Urgent",
      "see attachment",
      "as agreed, less 2%",
      "size 3\" x 5\"",
      "first line\nsecond line",
      "first line\r\nsecond line, with comma",
      "\"quoted\"",
      "Größe prüfen",
      "至急お願いします",
      " blanks around ",
      "tab\there",
      "=1+1",
      "<none>",
      "null",
      "🚚 on its way");

  static final List<String> FIRST_NAMES =
      List.of("Ada", "Björn", "Chloé", "Dmitri", "Éva", "Farid", "花子", "Íris", "José", "Zoë");

  static final List<String> LAST_NAMES =
      List.of("Ångström", "Baker", "O'Brien", "Núñez", "Müller", "de la Cruz", "田中", "Smith-Jones");

  private static final List<String> TWO_DIGITS = java.util.stream.IntStream.range(0, 60)
      .mapToObj(i -> i < 10 ? "0" + i : "" + i)
      .toList();

  private Words() {}

  /** {@return a number below 60 in two digits} */
  static String two(int number) {
    return TWO_DIGITS.get(number);
  }
}
