package dev.landfall.sink.s3;

/** How an attempt to make an object ended. */
enum Outcome {
  /** It is there, and the server has the checksum that it should have. */
  PROVEN,
  /** It is there, and the server tells nothing that can be compared. */
  UNPROVEN,
  /** It was not made: there may be one already, or what was sent for it is of no use. */
  NOT_MADE
}
