package dev.landfall.emulator.api;

/** The calls of the REST APIs that can be made to fail. */
public enum ApiCall {
  /** {@code GET /api/connector/dequeue/...} */
  DEQUEUE,
  /** {@code GET /api/connector/download/...} */
  DOWNLOAD,
  /** {@code POST /api/connector/ack/...} */
  ACKNOWLEDGE,
  /** {@code ExportToPackage} and {@code ExportToPackageAsync} */
  EXPORT_TO_PACKAGE,
  /** {@code GetExecutionSummaryStatus} */
  STATUS,
  /** {@code GetExportedPackageUrl} */
  PACKAGE_URL,
  /** {@code GetExecutionErrors} */
  ERRORS,
  /** The list of executions, {@code GET /data/...} */
  EXECUTIONS,
  /** {@code POST /{tenant}/oauth2/v2.0/token} */
  TOKEN
}
