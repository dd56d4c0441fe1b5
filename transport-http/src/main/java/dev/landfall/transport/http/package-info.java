/**
 * Events over HTTP: a webhook that senders post to, with a server of its own or in another.
 *
 * <p>The answers, with a problem body as in RFC 9457 for all but the first:
 *
 * <table>
 * <caption>Status by outcome</caption>
 * <tr><td>202</td><td>accepted; the sender may forget the event</td></tr>
 * <tr><td>400</td><td>refused for good, empty, or not HTTP</td></tr>
 * <tr><td>401</td><td>the credential is missing or wrong</td></tr>
 * <tr><td>403</td><td>another network, or a subscription of Event Grid that is not
 *     expected</td></tr>
 * <tr><td>404, 405</td><td>another path, or not a post</td></tr>
 * <tr><td>408</td><td>the request did not arrive in time; the connection is closed</td></tr>
 * <tr><td>413</td><td>the body is too large; the connection is closed</td></tr>
 * <tr><td>415</td><td>the body is compressed</td></tr>
 * <tr><td>503</td><td>try again after {@code Retry-After}: no room, no answer from the pipeline in
 *     time, keys of tokens not there, or closing</td></tr>
 * </table>
 */
@NullMarked
package dev.landfall.transport.http;

import org.jspecify.annotations.NullMarked;
