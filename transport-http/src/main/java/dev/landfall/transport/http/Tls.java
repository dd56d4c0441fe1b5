package dev.landfall.transport.http;

import dev.landfall.spi.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Collections;
import java.util.Map;
import org.eclipse.jetty.util.Scanner;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that a webhook shows, and those that its senders must show.
 *
 * @param own what it shows
 * @param trusted issuers of senders' certificates; null if senders need none
 */
record Tls(StoreFile own, @Nullable StoreFile trusted) {

  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
  private static final int LOOK_SECONDS = 2;

  /** A key store in a file, with the password of the store and of the keys in it. */
  record StoreFile(Path file, String password) {

    KeyStore load() throws IOException, GeneralSecurityException {
      if (!Files.isReadable(file)) {
        throw new NoSuchFileException(file.toString());
      }
      return KeyStore.getInstance(file.toFile(), password.toCharArray());
    }

    @Override
    public String toString() {
      return file.toString();
    }
  }

  /**
   * {@return what opens connections}
   *
   * @throws SourceException if a store cannot be read, or has no key that can be used
   */
  SslContextFactory.Server open() {
    KeyStore keys = required(own);
    KeyStore issuers = trusted == null ? null : required(trusted);
    try {
      requireUsable(keys, issuers);
    } catch (Exception useless) {
      throw new SourceException(
          "A webhook shows a certificate whose key is in its key store, under the password of the store; %s has none that can be used (%s)."
              .formatted(own, useless.getClass().getSimpleName()),
          useless);
    }
    return serving(keys, issuers);
  }

  private SslContextFactory.Server serving(KeyStore keys, @Nullable KeyStore issuers) {
    SslContextFactory.Server server = new SslContextFactory.Server();
    server.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    server.setKeyStorePassword(own.password());
    server.setNeedClientAuth(trusted != null);
    fill(server, keys, issuers);
    return server;
  }

  /** One that fails to take a store has let go of what it had, so another tries it first. */
  private void requireUsable(KeyStore keys, @Nullable KeyStore issuers) throws Exception {
    boolean hasKey = false;
    for (String alias : Collections.list(keys.aliases())) {
      hasKey |= keys.isKeyEntry(alias);
    }
    if (!hasKey) {
      throw new KeyStoreException("There is no key in it.");
    }
    SslContextFactory.Server trial = serving(keys, issuers);
    trial.start();
    trial.stop();
  }

  private static KeyStore required(StoreFile store) {
    try {
      return store.load();
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new SourceException(
          "A key store is a file in PKCS #12 or JKS with its password; %s cannot be read as one (%s)."
              .formatted(store, unreadable.getClass().getSimpleName()),
          unreadable);
    }
  }

  private static void fill(SslContextFactory server, KeyStore keys, @Nullable KeyStore issuers) {
    server.setKeyStore(keys);
    if (issuers != null) {
      server.setTrustStore(issuers);
    }
  }

  /** {@return what looks at the files every 2 seconds, and takes what is new in them} */
  Scanner watching(SslContextFactory.Server server) {
    Scanner scanner = new Scanner();
    scanner.addFile(own.file());
    if (trusted != null) {
      scanner.addFile(trusted.file());
    }
    scanner.setScanInterval(LOOK_SECONDS);
    scanner.setReportExistingFilesOnStartup(false);
    scanner.addListener(new Scanner.BulkListener() {
      @Override
      public void pathsChanged(Map<Path, Scanner.Notification> changes) {
        reload(server);
      }
    });
    return scanner;
  }

  /** Files that cannot be used, for example as they are just being written, change nothing. */
  private void reload(SslContextFactory.Server server) {
    try {
      KeyStore keys = own.load();
      KeyStore issuers = trusted == null ? null : trusted.load();
      requireUsable(keys, issuers);
      server.reload(factory -> fill(factory, keys, issuers));
      LOG.info("The certificates were read anew from {}.", own);
    } catch (Exception unreadable) {
      LOG.warn(
          "The certificates stay as they are: {} or what it trusts cannot be used.",
          own,
          unreadable);
    }
  }
}
