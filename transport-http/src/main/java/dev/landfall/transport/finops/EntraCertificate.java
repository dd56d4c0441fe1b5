package dev.landfall.transport.finops;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.IClientCredential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.Collections;
import java.util.List;

/** A certificate that Entra knows, with its key. */
final class EntraCertificate {

  private static final int LEAST_BITS = 2048;

  private final PrivateKey key;
  private final X509Certificate certificate;

  EntraCertificate(PrivateKey key, X509Certificate certificate) {
    // A key in hardware tells its algorithm, and perhaps no more.
    if (!"RSA".equals(key.getAlgorithm())
        || !(certificate.getPublicKey() instanceof RSAKey published)
        || published.getModulus().bitLength() < LEAST_BITS
        || (key instanceof RSAKey own && !own.getModulus().equals(published.getModulus()))) {
      throw new IllegalArgumentException(
          "A certificate for Entra is of RSA with 2048 bits or more, and has the key's other half; make one with: openssl req -x509 -newkey rsa:2048.");
    }
    this.key = key;
    this.certificate = certificate;
  }

  static EntraCertificate in(Path file, String password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (var bytes = Files.newInputStream(file)) {
        store.load(bytes, password.toCharArray());
      }
      List<String> keys = Collections.list(store.aliases()).stream()
          .filter(alias -> isKey(store, alias))
          .toList();
      if (keys.size() == 1
          && store.getKey(keys.get(0), password.toCharArray()) instanceof PrivateKey key
          && store.getCertificate(keys.get(0)) instanceof X509Certificate certificate) {
        return new EntraCertificate(key, certificate);
      }
      throw new IllegalArgumentException(
          "A key store for Entra has one key with its certificate; %s has %d keys."
              .formatted(file, keys.size()));
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new IllegalArgumentException(
          "A key store for Entra is a file in PKCS #12 with its password; %s cannot be read as one (%s)."
              .formatted(file, unreadable.getClass().getSimpleName()),
          unreadable);
    }
  }

  private static boolean isKey(KeyStore store, String alias) {
    try {
      return store.isKeyEntry(alias);
    } catch (GeneralSecurityException none) {
      return false;
    }
  }

  IClientCredential credential() {
    return ClientCredentialFactory.createFromCertificate(key, certificate);
  }
}
