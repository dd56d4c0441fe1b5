package dev.landfall.emulator;

import dev.landfall.emulator.api.ApiCall;
import dev.landfall.emulator.api.ApiFault;
import dev.landfall.emulator.api.PackageBehaviour;
import java.net.URI;
import java.util.List;

/** The side of the emulator that its REST APIs show. */
abstract sealed class FinopsRest permits FinopsEmulator {

  private final Parts parts;

  FinopsRest(Parts parts) {
    this.parts = parts;
  }

  /**
   * {@return the address of the environment, such as {@code http://127.0.0.1:40123}, before all
   * paths of its REST APIs}
   */
  public URI environment() {
    return parts.environment();
  }

  /**
   * {@return the address before {@code /{tenant}/oauth2/v2.0/token}: an {@code https} one if the
   * token endpoint is served with TLS, else the environment's}
   */
  public URI authority() {
    return parts.authority();
  }

  /**
   * Registers an application. Until the first is registered, every call is let in; from then on all
   * calls need a token that is alive.
   *
   * @param tenant whose directory knows it, part of the token endpoint's path
   * @param clientId its id
   * @param secret what it proves itself with; takes the place of an earlier one
   */
  public void application(String tenant, String clientId, String secret) {
    parts.rest().tokens().register(tenant, clientId, secret);
  }

  /** Makes all tokens worthless that were issued so far. */
  public void revokeTokens() {
    parts.rest().tokens().revoke();
  }

  /** {@return how many tokens were issued} */
  public int tokensIssued() {
    return parts.rest().tokens().issued();
  }

  /**
   * {@return a new recurring data job that exports a project when it is told to}
   *
   * @param project what it exports
   */
  public RecurringExport recurring(DataProject project) {
    return new RecurringExport(
        project, parts.exporter(), parts.rest().connector().open());
  }

  /**
   * Lets calls of the package API find a project by its name.
   *
   * @param project takes the place of an earlier one of the same name, in whatever case
   */
  public void project(DataProject project) {
    parts.projects().register(project);
  }

  /**
   * Sets how executions go that start from now on.
   *
   * @param behaviour the default is {@link PackageBehaviour#usual()}
   */
  public void packages(PackageBehaviour behaviour) {
    parts.rest().executions().behave(behaviour);
  }

  /**
   * Executes a project as a person or a batch job does, without a call; it is found in the list of
   * executions.
   *
   * @param project registered by this
   * @return the execution's id
   */
  public String execute(DataProject project) {
    project(project);
    return parts.rest().executions().execute(project.name());
  }

  /** {@return the ids of all executions, in the order of their start} */
  public List<String> executions() {
    return parts.rest().executions().ids();
  }

  /** {@return how many executions were started by calls} */
  public int exportsStarted() {
    return parts.rest().executions().exportsStarted();
  }

  /**
   * {@return how many executions were started while another of the same project was at work; they
   * failed}
   */
  public int overlappingExecutions() {
    return parts.rest().executions().overlapping();
  }

  /**
   * Makes the next call of a kind go wrong, or, if that has a fault already, the one after it. A
   * fault comes before everything else, so a call without a token uses it up too.
   *
   * @param call which
   * @param fault how
   */
  public void fault(ApiCall call, ApiFault fault) {
    parts.rest().calls().add(call, fault);
  }

  /**
   * {@return all calls of the REST APIs and the token endpoint as they arrived, oldest first, such
   * as {@code GET /api/connector/dequeue/0f1c...}: the method and the path as it was sent, without
   * the query}
   */
  public List<String> apiCalls() {
    return parts.rest().calls().made();
  }
}
