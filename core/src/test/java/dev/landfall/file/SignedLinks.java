package dev.landfall.file;

import java.time.Instant;

/** Links with all that a shared access signature needs, for the tests of this module. */
public final class SignedLinks {

  /** 32 bytes in base64, in which a leak is easily found. */
  public static final String SIGNATURE = "secret".repeat(7) + "A=";

  private static final String SPELLED = SIGNATURE.replace("=", "%3D");

  private SignedLinks() {}

  /** {@return an address with the query that F&O gave it in 2019; it dies in 2099} */
  public static String at(String address) {
    return at(address, Instant.parse("2099-01-01T01:05:00Z"));
  }

  public static String at(String address, Instant expiry) {
    return address
        + "?sv=2014-02-14&sr=b&sig=%s&st=2000-01-01T00%%3A00%%3A00Z&se=%s&sp=r"
            .formatted(SPELLED, expiry.toString().replace(":", "%3A"));
  }

  /** {@return an address with a query signed by a user's key, the signature at the end} */
  public static String delegatedAt(String address) {
    return address
        + "?skoid=11111111-2222-3333-4444-555555555555&sktid=66666666-7777-8888-9999-000000000000"
        + "&skt=2030-01-01T00%3A00%3A00Z&ske=2030-01-07T00%3A00%3A00Z&sks=b&skv=2024-05-04"
        + "&sv=2024-05-04&spr=https&st=2030-01-01T00%3A00%3A00Z&se=2030-01-01T01%3A05%3A00Z"
        + "&sr=b&sp=r&sig="
        + SPELLED;
  }
}
