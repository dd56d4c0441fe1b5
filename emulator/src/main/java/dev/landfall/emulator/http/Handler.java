package dev.landfall.emulator.http;

import java.io.IOException;

/** Answers requests, each on the thread of its connection, several at the same time. */
@FunctionalInterface
public interface Handler {

  /**
   * Answers one request by sending exactly one answer.
   *
   * @param request what was asked
   * @param answer what to answer with
   * @throws IOException if the client is gone or the answer's bytes cannot be read; the connection
   *     is closed
   */
  void handle(Request request, Answer answer) throws IOException;
}
