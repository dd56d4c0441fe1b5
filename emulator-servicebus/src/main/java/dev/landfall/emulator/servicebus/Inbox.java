package dev.landfall.emulator.servicebus;

import org.apache.qpid.proton.engine.Delivery;

/** Where what a client sends over one kind of link ends up. */
interface Inbox {

  /**
   * Takes a message, settles its delivery and grants the credit for another one.
   *
   * @param from who sent it
   * @param delivery tells format and link
   * @param bytes the message, encoded
   */
  void received(ClientConnection from, Delivery delivery, byte[] bytes);
}
