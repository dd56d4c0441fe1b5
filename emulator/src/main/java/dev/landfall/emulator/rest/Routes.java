package dev.landfall.emulator.rest;

import dev.landfall.emulator.api.ApiCall;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which call a path means. */
final class Routes {

  private static final Pattern TOKEN = Pattern.compile("/([^/]+)/oauth2/v2\\.0/token");
  private static final Pattern OPEN_ID =
      Pattern.compile("/([^/]+)/v2\\.0/\\.well-known/openid-configuration");
  // A language may stand in front.
  private static final Pattern CONNECTOR = Pattern.compile(
      "(?:/[a-z]{2}(?:-[a-z]{2,4})?)?/api/connector/(dequeue|download|ack)/([^/]+)",
      Pattern.CASE_INSENSITIVE);
  private static final String ACTIONS =
      "/data/DataManagementDefinitionGroups/Microsoft.Dynamics.DataEntities.";
  private static final Pattern OURS =
      Pattern.compile("(?:/[a-z]{2}(?:-[a-z]{2,4})?)?/api/.*|/data/.*", Pattern.CASE_INSENSITIVE);

  private final TokenEndpoint tokens;
  private final Connector connector;
  private final PackageActions actions;
  private final ExecutionList list;

  Routes(TokenEndpoint tokens, Connector connector, PackageActions actions, ExecutionList list) {
    this.tokens = tokens;
    this.connector = connector;
    this.actions = actions;
    this.list = list;
  }

  /**
   * One way to be answered.
   *
   * @param call what can go wrong, if anything can
   * @param guarded whether it needs a token
   * @param method the only one
   * @param answer what it does
   */
  record Route(
      Optional<ApiCall> call, boolean guarded, String method, Function<ApiRequest, Reply> answer) {

    static Route guarded(ApiCall call, String method, Function<ApiRequest, Reply> answer) {
      return new Route(Optional.of(call), true, method, answer);
    }
  }

  /** {@return what the token endpoint answers alone} */
  Optional<Route> ofTenant(String path, URI authority) {
    Matcher token = TOKEN.matcher(path);
    if (token.matches()) {
      String tenant = ApiRequest.decoded(token.group(1));
      return Optional.of(new Route(
          Optional.of(ApiCall.TOKEN), false, "POST", request -> tokens.token(tenant, request)));
    }
    Matcher openId = OPEN_ID.matcher(path);
    if (openId.matches()) {
      String tenant = openId.group(1);
      return Optional.of(new Route(
          Optional.empty(),
          false,
          "GET",
          request -> TokenEndpoint.openIdConfiguration(authority, tenant)));
    }
    return Optional.empty();
  }

  /** {@return what the environment answers, or nothing if the path is none of an API} */
  Optional<Route> ofEnvironment(String path, URI environment) {
    if (path.equals(RestHandler.LOGIN)) {
      return Optional.of(new Route(
          Optional.empty(),
          false,
          "GET",
          request -> Reply.html(200, "<html><body>Sign in to your account</body></html>")));
    }
    Matcher connectorPath = CONNECTOR.matcher(path);
    if (connectorPath.matches()) {
      return Optional.of(
          connector(connectorPath.group(1).toLowerCase(Locale.ROOT), connectorPath.group(2)));
    }
    if (path.startsWith(ACTIONS)) {
      return Optional.of(action(path.substring(ACTIONS.length())));
    }
    if (path.equals(list.path())) {
      return Optional.of(
          Route.guarded(ApiCall.EXECUTIONS, "GET", request -> list.page(request.query())));
    }
    return OURS.matcher(path).matches() ? Optional.of(nowhere()) : ofTenant(path, environment);
  }

  private Route connector(String verb, String activity) {
    return switch (verb) {
      case "dequeue" ->
        Route.guarded(ApiCall.DEQUEUE, "GET", request -> connector.dequeue(activity));
      case "download" ->
        Route.guarded(
            ApiCall.DOWNLOAD, "GET", request -> connector.download(activity, request.query()));
      default ->
        Route.guarded(
            ApiCall.ACKNOWLEDGE, "POST", request -> connector.acknowledge(activity, request));
    };
  }

  private Route action(String name) {
    return switch (name) {
      case "ExportToPackage" ->
        Route.guarded(
            ApiCall.EXPORT_TO_PACKAGE, "POST", request -> actions.exportToPackage(request, true));
      case "ExportToPackageAsync" ->
        Route.guarded(
            ApiCall.EXPORT_TO_PACKAGE, "POST", request -> actions.exportToPackage(request, false));
      case "GetExecutionSummaryStatus" -> Route.guarded(ApiCall.STATUS, "POST", actions::status);
      case "GetExportedPackageUrl" ->
        Route.guarded(ApiCall.PACKAGE_URL, "POST", actions::packageUrl);
      case "GetExecutionErrors" -> Route.guarded(ApiCall.ERRORS, "POST", actions::errors);
      default -> nowhere();
    };
  }

  private static Route nowhere() {
    return new Route(
        Optional.empty(),
        true,
        "",
        request -> Reply.text(404, "No HTTP resource was found that matches the request URI."));
  }
}
