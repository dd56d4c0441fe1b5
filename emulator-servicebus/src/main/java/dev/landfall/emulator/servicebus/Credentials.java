package dev.landfall.emulator.servicebus;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The one key of a namespace, and the signatures made with it. */
final class Credentials {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String SCHEME = "SharedAccessSignature ";

  private final String keyName;
  private final String key;
  /** Clients sign by the time of the machine, whatever a test's clock says. */
  private final Clock clock = Clock.systemUTC();

  Credentials(String keyName, String key) {
    this.keyName = keyName;
    this.key = key;
  }

  String connectionString(int port) {
    return "Endpoint=sb://127.0.0.1:" + port + ";SharedAccessKeyName=" + keyName
        + ";SharedAccessKey=" + key + ";UseDevelopmentEmulator=true";
  }

  boolean match(String name, String secret) {
    return name.equals(keyName) && secret.equals(key);
  }

  /**
   * {@return whether the key signed this token, and it still lives} It reads
   * {@code SharedAccessSignature sr=..&sig=..&se=..&skn=..}, signed over {@code sr}, a line feed
   * and {@code se}.
   */
  boolean signed(String token) {
    if (!token.startsWith(SCHEME)) {
      return false;
    }
    Map<String, String> parts = new HashMap<>();
    for (String part : token.substring(SCHEME.length()).split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals), part.substring(equals + 1));
      }
    }
    String resource = parts.getOrDefault("sr", "");
    String expiry = parts.getOrDefault("se", "");
    return expiry.matches("\\d{1,12}")
        && Long.parseLong(expiry) > clock.instant().getEpochSecond()
        && decoded(parts, "skn").equals(keyName)
        && MessageDigest.isEqual(
            decoded(parts, "sig").getBytes(StandardCharsets.UTF_8),
            sign(resource + "\n" + expiry).getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(Map<String, String> parts, String name) {
    return URLDecoder.decode(parts.getOrDefault(name, ""), StandardCharsets.UTF_8);
  }

  private String sign(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      // The key is used as the text it is, not as the bytes its base64 stands for.
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every JDK has " + ALGORITHM + ".", impossible);
    }
  }
}
