package dev.landfall.sink.s3;

import java.util.Map;

/**
 * What the server tells of an object that is there.
 *
 * @param length in bytes, as it lies there
 * @param labels its user metadata
 */
record StoredObject(long length, Map<String, String> labels) {}
