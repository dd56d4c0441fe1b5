package dev.landfall.emulator;

/**
 * What one try to deliver an event came to.
 *
 * @param accepted whether no further try is needed
 * @param status the HTTP status, 0 if there is none
 * @param text for people, without secrets
 */
record Answer(boolean accepted, int status, String text) {

  static Answer http(int status) {
    return new Answer(status >= 200 && status < 300, status, "HTTP " + status);
  }

  static Answer sent() {
    return new Answer(true, 0, "sent");
  }

  static Answer failed(String why) {
    return new Answer(false, 0, why);
  }
}
