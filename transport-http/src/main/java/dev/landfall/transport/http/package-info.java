/** Events over HTTP: a webhook that senders post to. */
@NullMarked
package dev.landfall.transport.http;

import org.jspecify.annotations.NullMarked;
