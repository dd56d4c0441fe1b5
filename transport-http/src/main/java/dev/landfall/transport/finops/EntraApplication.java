package dev.landfall.transport.finops;

import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IClientCredential;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import java.net.MalformedURLException;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * Asks Entra for a token each time it is asked, by MSAL, which knows how requests are written and
 * assertions signed.
 *
 * <p>Of MSAL neither the cache is used, which knows no clock but the system's, nor its retries,
 * which sleep, nor its reading of refusals, which it logs with their body. The authority is one
 * that was given, so nobody is asked whether it is one.
 */
final class EntraApplication {

  private final String authority;
  private final String id;
  private final IClientCredential credential;
  private final String resource;
  private final EntraLine line;

  EntraApplication(
      String authority, String id, IClientCredential credential, String resource, EntraLine line) {
    this.authority = authority;
    this.id = id;
    this.credential = credential;
    this.resource = resource;
    this.line = line;
  }

  EntraToken ask() {
    EntraExchange exchange = new EntraExchange(line, id, resource);
    try {
      String token = ConfidentialClientApplication.builder(id, credential)
          .authority(authority)
          .instanceDiscovery(false)
          .validateAuthority(false)
          .logPii(false)
          .disableInternalRetries()
          .executorService(new EntraThread())
          .httpClient(exchange)
          .build()
          .acquireToken(ClientCredentialParameters.builder(Set.of(resource + "/.default"))
              .skipCache(true)
              .build())
          .join()
          .accessToken();
      return new EntraToken(token, exchange.lifetime());
    } catch (CompletionException failed) {
      throw told(failed);
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException("An authority is an address.", impossible);
    }
  }

  /** What MSAL itself says is not passed on: it may quote what it read. */
  private FetchException told(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof FetchException own) {
        return own;
      }
    }
    Throwable cause = failed.getCause() == null ? failed : failed.getCause();
    return FetchException.passing(
        Reason.FILE_UNAVAILABLE,
        "A token for %s cannot be asked for (%s)."
            .formatted(resource, cause.getClass().getSimpleName()),
        null);
  }
}
