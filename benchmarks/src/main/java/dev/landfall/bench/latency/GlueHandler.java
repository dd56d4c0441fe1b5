package dev.landfall.bench.latency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.landfall.bench.frame.Parent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;

/** Takes an event: fetches its file, stores its rows, and only then answers. */
final class GlueHandler implements HttpHandler {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int NO_BODY = -1;

  private final GlueFiles files;
  private final GlueTable table;
  private final boolean durable;

  GlueHandler(GlueFiles files, GlueTable table, boolean durable) {
    this.files = files;
    this.table = table;
    this.durable = durable;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(take(exchange) ? 200 : 500, NO_BODY);
    }
  }

  private boolean take(HttpExchange exchange) {
    try {
      byte[] body = exchange.getRequestBody().readAllBytes();
      JsonNode event = JSON.readTree(body);
      String id = event.get("EventId").asText();
      if (durable) {
        table.remember(id, body);
      }
      Path file = files.fetch(id, URI.create(event.get("DownloadURL").asText()));
      table.store(id, file);
      Parent.tell(id);
      return true;
    } catch (IOException | SQLException failure) {
      failure.printStackTrace();
      return false;
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
