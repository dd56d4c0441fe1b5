package dev.landfall.emulator.blob;

import org.jspecify.annotations.Nullable;

/**
 * A refusal in the words of Azure Storage, from its published list of error codes.
 *
 * @param status the HTTP status
 * @param code goes into the header {@code x-ms-error-code} and the body
 * @param message for people
 * @param detail why authentication failed; only that refusal has one
 */
record AzureError(
    int status, String code, String message, @Nullable String detail) {

  static final AzureError BLOB_NOT_FOUND =
      new AzureError(404, "BlobNotFound", "The specified blob does not exist.", null);
  static final AzureError CONDITION_NOT_MET = new AzureError(
      412,
      "ConditionNotMet",
      "The condition specified using HTTP conditional header(s) is not met.",
      null);
  static final AzureError INVALID_RANGE = new AzureError(
      416,
      "InvalidRange",
      "The range specified is invalid for the current size of the resource.",
      null);
  static final AzureError OUT_OF_RANGE_INPUT =
      new AzureError(400, "OutOfRangeInput", "One of the request inputs is out of range.", null);
  static final AzureError NO_AUTHENTICATION_INFORMATION = new AzureError(
      401,
      "NoAuthenticationInformation",
      "Server failed to authenticate the request. Please refer to the information in the"
          + " www-authenticate header.",
      null);
  static final AzureError INVALID_AUTHENTICATION_INFO = new AzureError(
      400,
      "InvalidAuthenticationInfo",
      "Authentication information is not given in the correct format. Check the value of"
          + " Authorization header.",
      null);
  static final AzureError PERMISSION_MISMATCH = new AzureError(
      403,
      "AuthorizationPermissionMismatch",
      "This request is not authorized to perform this operation using this permission.",
      null);
  static final AzureError UNSUPPORTED_VERB = new AzureError(
      405, "UnsupportedHttpVerb", "The resource doesn't support specified Http Verb.", null);

  static AzureError authenticationFailed(String detail) {
    return new AzureError(
        403,
        "AuthenticationFailed",
        "Server failed to authenticate the request. Make sure the value of Authorization header is"
            + " formed correctly including the signature.",
        detail);
  }

  /**
   * Azure begins the text with a byte order mark and ends the message with the request and time.
   */
  String xml(String requestId, String time) {
    return "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>"
        + code
        + "</Code><Message>"
        + message
        + "\nRequestId:"
        + requestId
        + "\nTime:"
        + time
        + "</Message>"
        + (detail == null
            ? ""
            : "<AuthenticationErrorDetail>" + escaped(detail) + "</AuthenticationErrorDetail>")
        + "</Error>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
