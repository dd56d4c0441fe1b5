package dev.landfall.json;

import dev.landfall.event.MalformedEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the elements of a JSON array without reading them, by its brackets, commas and quotes.
 *
 * <p>So an element that is broken in itself cannot take its neighbours along. What follows the
 * array is the last part.
 */
final class Batch {

  /** What Event Grid puts into one delivery at most. */
  private static final int MOST = 5_000;

  private final byte[] text;
  private final List<Part> parts = new ArrayList<>();
  private boolean closed;

  private Batch(byte[] text) {
    this.text = text;
  }

  /** Where an element lies, blanks around it left out. */
  record Part(int offset, int length) {}

  /** Splits the text if it is an array. */
  static Optional<Batch> of(byte[] text) {
    int begin = afterBlanks(text, 0);
    if (begin == text.length || text[begin] != '[') {
      return Optional.empty();
    }
    Batch batch = new Batch(text);
    batch.split(begin);
    return Optional.of(batch);
  }

  List<Part> parts() {
    return parts;
  }

  /** Whether the array has an end. */
  boolean closed() {
    return closed;
  }

  private void split(int begin) {
    int end = begin;
    do {
      int from = end + 1;
      end = endOfElement(from);
      add(from, end);
    } while (end < text.length && text[end] == ',');
    closed = end < text.length && text[end] == ']';
    if (parts.size() == 1 && parts.get(0).length() == 0) {
      parts.clear();
    }
    if (closed && afterBlanks(text, end + 1) < text.length) {
      add(end + 1, text.length);
    }
  }

  /** Where the comma or bracket is that ends an element, or the length of the text. */
  private int endOfElement(int from) {
    Brackets open = new Brackets();
    int position = from;
    while (position < text.length) {
      byte c = text[position];
      if ((c == ',' && open.none()) || (c == ']' && !open.has('['))) {
        return position;
      }
      if (c == '"') {
        position = endOfString(position);
      } else {
        open.see((char) c);
      }
      position++;
    }
    return text.length;
  }

  private int endOfString(int quote) {
    int position = quote + 1;
    while (position < text.length && text[position] != '"') {
      position += text[position] == '\\' ? 2 : 1;
    }
    return position;
  }

  private void add(int from, int to) {
    if (parts.size() == MOST) {
      throw new MalformedEventException(
          "A delivery holds up to %,d events; this array has more. Let the sender send smaller batches."
              .formatted(MOST));
    }
    int first = Math.min(afterBlanks(text, from), to);
    int end = to;
    while (end > first && isBlank(text[end - 1])) {
      end--;
    }
    parts.add(new Part(first, end - first));
  }

  private static int afterBlanks(byte[] text, int from) {
    int first = from;
    while (first < text.length && isBlank(text[first])) {
      first++;
    }
    return first;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /**
   * The brackets that are open in an element. One that closes takes along what was left open within
   * it, and one that nothing was opened for is passed over, so that a broken element has its end.
   */
  private static final class Brackets {

    private final StringBuilder open = new StringBuilder();
    private int braces;

    boolean none() {
      return open.isEmpty();
    }

    boolean has(char bracket) {
      return bracket == '{' ? braces > 0 : open.length() > braces;
    }

    void see(char c) {
      switch (c) {
        case '{', '[' -> {
          open.append(c);
          braces += c == '{' ? 1 : 0;
        }
        case '}' -> close('{');
        case ']' -> close('[');
        default -> {}
      }
    }

    private void close(char opening) {
      boolean found = !has(opening);
      while (!found) {
        char last = open.charAt(open.length() - 1);
        open.setLength(open.length() - 1);
        braces -= last == '{' ? 1 : 0;
        found = last == opening;
      }
    }
  }
}
