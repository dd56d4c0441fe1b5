package dev.landfall.emulator;

import java.util.Map;

/**
 * An event as it is sent.
 *
 * @param id in upper case without braces
 * @param json the flat object; holds the link
 * @param properties what stands beside it where messages have properties, in a fixed order
 */
record RaisedEvent(String id, String json, Map<String, String> properties) {}
