/** A namespace of Azure Service Bus in one process, to run the vendor's client against. */
// The codec is a module by its manifest alone.
@SuppressWarnings("requires-automatic")
module dev.landfall.emulator.servicebus {
  requires transitive static org.jspecify;
  requires org.apache.qpid.proton.j;

  exports dev.landfall.emulator.servicebus;
}
