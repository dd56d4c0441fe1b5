package dev.landfall.emulator;

import dev.landfall.emulator.blob.BlobService;
import dev.landfall.emulator.blob.BlobStore;
import dev.landfall.emulator.rest.RestApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What an emulator is made of, put together. */
final class Parts implements AutoCloseable {

  private final Path folder;
  private final boolean temporary;
  private final BlobStore store;
  private final LocalServer server;
  private final Optional<LocalServer> tokenServer;
  private final EventSender sender;
  private final Outbox outbox;
  private final Exporter exporter;
  private final Projects projects;
  private final RestApi rest;

  Parts(FinopsEmulatorBuilder settings, Path folder) {
    this.folder = folder;
    this.temporary = settings.folder == null;
    this.store = new BlobStore(folder, settings.clock);
    var service = new BlobService(store, settings.clock, settings.cutAfter);
    this.server = LocalServer.open(Optional.empty());
    this.tokenServer = settings.tokenTls.map(tls -> LocalServer.open(Optional.of(tls)));
    var payloads = new EventPayload(settings.form, settings.clock);
    this.sender = new EventSender(settings.rule, settings.threads, settings.tls(), settings.clock);
    this.outbox = new Outbox(sender, payloads, settings.clock);
    this.exporter = new Exporter(
        store, service, server.address(), payloads, outbox, settings.linkLifetime, settings.clock);
    this.projects = new Projects(exporter);
    this.rest = new RestApi(
        server.address(),
        store,
        service,
        projects,
        new RestApi.Settings(
            settings.tokenLifetime,
            settings.redeliverAfter,
            settings.linkLifetime,
            settings.executionsEntity,
            settings.executionsPage),
        settings.clock);
    server.serve(rest.handler());
    tokenServer.ifPresent(tokens -> tokens.serve(rest.tokenHandler(tokens.address())));
  }

  Path folder() {
    return folder;
  }

  URI environment() {
    return server.address();
  }

  URI authority() {
    return tokenServer.orElse(server).address();
  }

  BlobStore store() {
    return store;
  }

  Outbox outbox() {
    return outbox;
  }

  Exporter exporter() {
    return exporter;
  }

  Projects projects() {
    return projects;
  }

  RestApi rest() {
    return rest;
  }

  /** Removes a temporary folder; a given one stays. */
  void removeFiles() throws IOException {
    if (temporary) {
      store.clear();
      Files.delete(folder);
    }
  }

  /** Stops deliveries and servers. */
  @Override
  public void close() {
    sender.close();
    server.close();
    tokenServer.ifPresent(LocalServer::close);
  }
}
