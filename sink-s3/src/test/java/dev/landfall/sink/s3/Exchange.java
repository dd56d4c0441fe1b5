package dev.landfall.sink.s3;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** One request on its way through a {@link FaultyProxy}, and what can be done to it. */
final class Exchange {

  private static final int BLOCK = 1 << 13;

  private final FaultyProxy proxy;
  private final HttpHead request;
  private final Socket client;
  private final InputStream fromClient;

  Exchange(FaultyProxy proxy, HttpHead request, Socket client, InputStream fromClient) {
    this.proxy = proxy;
    this.request = request;
    this.client = client;
    this.fromClient = fromClient;
  }

  HttpHead request() {
    return request;
  }

  /** Passes the request on, and its answer back. */
  void pass() throws IOException {
    pass(UnaryOperator.identity());
  }

  /** Passes the request on, and its answer back with another head. */
  void pass(UnaryOperator<HttpHead> answerChange) throws IOException {
    forward(body -> body, client.getOutputStream(), answerChange);
  }

  /** Passes the request on with one bit changed, in the middle of its body. */
  void passDamaged() throws IOException {
    forward(
        body -> new Damaging(body, request.length() / 2),
        client.getOutputStream(),
        UnaryOperator.identity());
  }

  /** Passes the request on, and hangs up when its answer has come. */
  void passAndLoseAnswer() throws IOException {
    forward(body -> body, OutputStream.nullOutputStream(), UnaryOperator.identity());
    reset(client);
  }

  private void forward(
      UnaryOperator<OutputStream> bodyChange,
      OutputStream toClient,
      UnaryOperator<HttpHead> answerChange)
      throws IOException {
    Socket server = proxy.connect();
    try {
      InputStream fromServer = server.getInputStream();
      forwarded().writeTo(server.getOutputStream());
      CompletableFuture<Void> sent = sendBody(server, bodyChange);
      HttpHead answer = HttpHead.read(fromServer);
      if (answer == null) {
        reset(client);
        return;
      }
      boolean openEnded = hasBody(answer) && answer.isOpenEnded();
      HttpHead passed =
          answerChange.apply(proxy.changedAnswer(answer.without("connection"::equals)));
      (openEnded ? passed.with("connection", "close") : passed).writeTo(toClient);
      if (openEnded) {
        fromServer.transferTo(toClient);
        client.close();
      } else if (hasBody(answer)) {
        answer.passBody(fromServer, toClient);
      }
      toClient.flush();
      sent.join();
    } finally {
      proxy.disconnect(server);
    }
  }

  /** One request for each connection to the server, and no asking before the body is sent. */
  private HttpHead forwarded() {
    return request.without("expect"::equals).with("connection", "close");
  }

  private CompletableFuture<Void> sendBody(Socket server, UnaryOperator<OutputStream> bodyChange)
      throws IOException {
    invite();
    OutputStream toServer = bodyChange.apply(new Patient(server.getOutputStream()));
    // Beside the reading of the answer, for a server may answer before it has read everything.
    CompletableFuture<Void> sent = new CompletableFuture<>();
    FaultyProxy.daemon(() -> {
      try {
        request.passBody(fromClient, toServer);
      } catch (IOException clientHasGone) {
        closed(server);
      } finally {
        sent.complete(null);
      }
    });
    return sent;
  }

  private static void closed(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // As it should be.
    }
  }

  /** Sends the body of a client that waits to be asked for it. */
  private void invite() throws IOException {
    if (waits()) {
      new HttpHead("HTTP/1.1 100 Continue", List.of()).writeTo(client.getOutputStream());
    }
  }

  private boolean waits() {
    return request.header("expect").isPresent();
  }

  private boolean hasBody(HttpHead answer) {
    return !request.word(0).equals("HEAD")
        && !answer.word(1).equals("204")
        && !answer.word(1).equals("304");
  }

  /** Answers in the place of the server, which sees nothing of it. */
  void answer(HttpHead head, byte[] body) throws IOException {
    HttpHead answer = head.with("content-length", Integer.toString(body.length));
    boolean unread = waits();
    if (unread) {
      answer = answer.with("connection", "close");
    } else {
      drain();
    }
    answer.writeTo(client.getOutputStream());
    if (!request.word(0).equals("HEAD")) {
      client.getOutputStream().write(body);
      client.getOutputStream().flush();
    }
    if (unread) {
      client.close();
    }
  }

  /** Passes on half of the body, and hangs up on both sides. */
  void cut() throws IOException {
    Socket server = proxy.connect();
    try {
      forwarded().writeTo(server.getOutputStream());
      invite();
      HttpHead.pass(fromClient, server.getOutputStream(), request.length() / 2);
      reset(server);
    } finally {
      proxy.disconnect(server);
    }
    reset(client);
  }

  /** Takes the request and says nothing until the client hangs up. */
  void stall() throws IOException {
    invite();
    drain();
    byte[] block = new byte[BLOCK];
    while (fromClient.read(block) >= 0) {
      // Nothing more is to come than the end.
    }
    client.close();
  }

  private void drain() throws IOException {
    request.passBody(fromClient, OutputStream.nullOutputStream());
  }

  private static void reset(Socket socket) throws IOException {
    if (!socket.isClosed()) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  /** Swallows what a server does not take any more, so that the client can finish. */
  private static final class Patient extends OutputStream {

    private final OutputStream out;
    private boolean refused;

    Patient(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      try {
        if (!refused) {
          out.write(bytes, from, length);
        }
      } catch (IOException hungUp) {
        refused = true;
      }
    }
  }

  /** Changes one bit of what is written. */
  private static final class Damaging extends FilterOutputStream {

    private long before;

    Damaging(OutputStream out, long before) {
      super(out);
      this.before = before;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      byte[] copy = Arrays.copyOfRange(bytes, from, from + length);
      if (before >= 0 && before < length) {
        copy[(int) before] ^= 1;
      }
      before -= length;
      out.write(copy, 0, length);
    }
  }
}
