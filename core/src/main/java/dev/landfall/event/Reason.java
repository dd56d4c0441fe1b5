package dev.landfall.event;

/** The names of what can go wrong, for logs, metrics and dead letters. */
public enum Reason {
  /** A source cannot take deliveries. */
  SOURCE_UNAVAILABLE,
  /** F&amp;O itself could not make the file that was to be exported. */
  EXPORT_FAILED,
  /** The bytes of a delivery are not a business event. */
  MALFORMED_EVENT,
  /** The event is well-formed but carries no link to a file. */
  LINK_MISSING,
  /** The link is not a URL, or lacks what every link of its kind has. */
  LINK_MALFORMED,
  /** The link was cut off on its way; the X++ contract's field is too short for it. */
  LINK_TRUNCATED,
  /** The link's time is over; for an incremental export only a full push brings the data back. */
  LINK_EXPIRED,
  /** The storage refuses the link although its time is not over. */
  LINK_REFUSED,
  /** The link points to a host that the host policy does not allow. */
  HOST_NOT_ALLOWED,
  /** The link is good but there is no file behind it. */
  FILE_GONE,
  /** The file went on changing while it was fetched. */
  FILE_CHANGED,
  /** The file has another digest than its host tells. */
  CHECKSUM_MISMATCH,
  /** The file has another length than was announced. */
  LENGTH_MISMATCH,
  /** The file is larger than the pipeline may fetch. */
  TOO_LARGE,
  /** The host of the file cannot be reached, is busy or broke off. */
  FILE_UNAVAILABLE,
  /** A sink cannot be reached or is busy. */
  SINK_UNAVAILABLE,
  /** A sink will never take this file. */
  SINK_REJECTED,
  /** The file cannot be read as records. */
  MALFORMED_FILE,
  /** The handler of a route failed. */
  HANDLER_FAILED,
  /** The ledger cannot be read or written. */
  LEDGER_UNAVAILABLE,
  /** The local disk that holds downloaded files cannot be written. */
  SPOOL_UNAVAILABLE,
  /** The pipeline is told to take nothing for now. */
  INTAKE_PAUSED,
  /** There is as much work waiting as may be held. */
  OVERLOADED,
  /** Something that should not happen did; the cause tells. */
  UNEXPECTED
}
