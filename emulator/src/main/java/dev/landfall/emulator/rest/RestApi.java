package dev.landfall.emulator.rest;

import dev.landfall.emulator.blob.BlobService;
import dev.landfall.emulator.blob.BlobStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;

/** The REST APIs of one environment, and the token endpoint that lets in to them. */
public final class RestApi {

  private final URI environment;
  private final BlobService blobs;
  private final Calls calls = new Calls();
  private final Tokens tokens;
  private final Connector connector;
  private final Executions executions;
  private final Routes routes;

  /**
   * The APIs.
   *
   * @param environment the address they are served at
   * @param store holds the files
   * @param blobs serves them
   * @param projects what executions are made of
   * @param settings what can be chosen
   * @param clock for tokens, links and the time after which a message is handed out again
   */
  public RestApi(
      URI environment,
      BlobStore store,
      BlobService blobs,
      ProjectSource projects,
      Settings settings,
      Clock clock) {
    this.environment = environment;
    this.blobs = blobs;
    this.tokens = new Tokens(clock, settings.tokenLifetime());
    this.connector = new Connector(store, environment, clock, settings.redeliverAfter());
    this.executions = new Executions(projects, clock);
    this.routes = new Routes(
        new TokenEndpoint(tokens, environment),
        connector,
        new PackageActions(executions, blobs, environment, clock, settings.linkLifetime()),
        new ExecutionList(
            executions, environment, settings.executionsEntity(), settings.pageSize()));
  }

  /**
   * What can be chosen.
   *
   * @param tokenLifetime how long a token lets in
   * @param redeliverAfter after which time a message is handed out again
   * @param linkLifetime how long links to packages live
   * @param executionsEntity the name of the list of executions
   * @param pageSize how many executions a page has at most
   */
  public record Settings(
      Duration tokenLifetime,
      Duration redeliverAfter,
      Duration linkLifetime,
      String executionsEntity,
      int pageSize) {}

  /** {@return what answers at the environment's address, files included} */
  public Handler handler() {
    return new RestHandler(
        blobs, path -> routes.ofEnvironment(path, environment), calls, tokens, blobs, environment);
  }

  /**
   * {@return what answers at an address where only tokens are given}
   *
   * @param authority that address
   */
  public Handler tokenHandler(URI authority) {
    return new RestHandler(
        null, path -> routes.ofTenant(path, authority), calls, tokens, blobs, environment);
  }

  /** {@return the calls made, and those to go wrong} */
  public Calls calls() {
    return calls;
  }

  /** {@return applications and tokens} */
  public Tokens tokens() {
    return tokens;
  }

  /** {@return the queues of recurring jobs} */
  public Connector connector() {
    return connector;
  }

  /** {@return the executions of projects} */
  public Executions executions() {
    return executions;
  }
}
