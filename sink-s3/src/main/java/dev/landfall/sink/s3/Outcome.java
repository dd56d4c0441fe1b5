package dev.landfall.sink.s3;

/** How an attempt to make an object ended. */
enum Outcome {
  /** It is there, and the server has the checksum that it should have. */
  PROVEN,
  /** It is there, and the server tells nothing that can be compared. */
  UNPROVEN,
  /** There is one already, perhaps by an earlier try whose answer was lost. */
  TAKEN,
  /** It is not there, and what was sent for it is of no use any more. */
  SPOILED
}
