package dev.landfall.sink.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a {@link FaultyProxy} does to a request. */
interface Fault {

  void play(Exchange exchange) throws IOException;

  /**
   * {@return the answer of a server that refuses}
   *
   * @param status of HTTP
   * @param code of S3
   * @param headers further ones, a line each
   */
  static Fault answer(int status, String code, String... headers) {
    return saying("It was told to say this.", status, code, headers);
  }

  /** {@return the same in the words of a server, as plain as they need no escape in XML} */
  static Fault saying(String words, int status, String code, String... headers) {
    byte[] body = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>%s</Code><Message>%s</Message></Error>
        """.formatted(code, words).strip().getBytes(StandardCharsets.UTF_8);
    HttpHead head = new HttpHead("HTTP/1.1 " + status + " " + code, List.of(headers))
        .with("content-type", "application/xml");
    return exchange -> exchange.answer(head, body);
  }

  static Fault slowDown() {
    return answer(503, "SlowDown");
  }

  /** {@return the connection breaks in the middle of the body} */
  static Fault cut() {
    return Exchange::cut;
  }

  /** {@return the server has done it, and nobody learns of it} */
  static Fault lostAnswer() {
    return Exchange::passAndLoseAnswer;
  }

  /** {@return no answer for as long as the client waits} */
  static Fault stall() {
    return Exchange::stall;
  }

  /** {@return one bit changes on the way} */
  static Fault damage() {
    return Exchange::passDamaged;
  }

  /** {@return an answer that says something else in a header} */
  static Fault wrong(String header, String value) {
    return exchange -> exchange.pass(answer -> answer.with(header, value));
  }
}
