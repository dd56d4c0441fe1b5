package dev.landfall.transport.finops;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The way to an authority, and to nobody else.
 *
 * @param client follows no redirect
 * @param authority scheme, host and port
 * @param answerWithin from the request to the end of the answer, however it trickles
 */
record EntraLine(HttpClient client, String authority, Duration answerWithin) {

  HttpResponse<String> send(HttpRequest request) throws IOException {
    URI address = request.uri();
    if (!authority.equals(address.getScheme() + "://" + address.getRawAuthority())) {
      throw new IOException("Credentials go to their authority alone, " + authority + ".");
    }
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    try {
      return answer.get(answerWithin.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException fault
          ? fault
          : new IOException("The request failed.", failed.getCause());
    } catch (TimeoutException late) {
      throw new HttpTimeoutException("No answer within " + answerWithin + ".");
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The request was interrupted.");
    } finally {
      answer.cancel(true);
    }
  }
}
