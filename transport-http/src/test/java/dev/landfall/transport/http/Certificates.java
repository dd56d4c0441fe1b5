package dev.landfall.transport.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Key stores of certificates that sign themselves, made by the JDK's keytool. */
final class Certificates {

  static final String PASSWORD = "changeit";

  private Certificates() {}

  /** {@return a file with a new key and a certificate for this machine} */
  static Path make(Path file, String name) throws IOException, InterruptedException {
    Path made = file.resolveSibling(name + "-" + System.nanoTime());
    Process keytool = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keystore",
            made.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-alias",
            "one",
            "-keyalg",
            "EC",
            "-dname",
            "CN=" + name,
            "-ext",
            "san=dns:localhost,ip:127.0.0.1")
        .redirectErrorStream(true)
        .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException(said);
    }
    return Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** {@return a client that trusts one store and shows the certificate of another, or none} */
  static SSLContext client(Path trusted, Path... own) throws IOException, GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(KeyStore.getInstance(trusted.toFile(), PASSWORD.toCharArray()));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(
        own.length == 0 ? null : KeyStore.getInstance(own[0].toFile(), PASSWORD.toCharArray()),
        PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
