package dev.landfall.sink.s3;

/** How an attempt to make an object ended. */
enum Outcome {
  /** It is there, and the server has the checksum that it should have. */
  PROVEN,
  /** It is there, and the server tells nothing that can be compared. */
  UNPROVEN,
  /** There was one already. */
  TAKEN
}
