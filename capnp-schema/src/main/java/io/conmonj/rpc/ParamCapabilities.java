package io.conmonj.rpc;

import io.conmonj.schema.Rpc;
import org.capnproto.AnyPointer;
import org.capnproto.StructList;

/** The capabilities in the parameters of a call, until its handler takes them or the call ends. */
final class ParamCapabilities {

  private static final ParamCapabilities NONE = new ParamCapabilities(new Capability[0]);

  private final Capability[] capabilities;

  private ParamCapabilities(Capability[] capabilities) {
    this.capabilities = capabilities;
  }

  /**
   * Takes them out of a call's parameters.
   *
   * @param max how many there may be
   * @throws ProtocolException if there are more
   */
  static ParamCapabilities read(Rpc.Payload.Reader payload, Outbound outbound, int max) {
    StructList.Reader<Rpc.CapDescriptor.Reader> table = payload.getCapTable();
    if (table.size() == 0) {
      return NONE;
    }
    if (table.size() > max) {
      throw new ProtocolException("message has " + table.size() + " capabilities");
    }
    Capability[] capabilities = new Capability[table.size()];
    for (int i = 0; i < capabilities.length; i++) {
      capabilities[i] = Capability.read(table.get(i), outbound);
    }
    return new ParamCapabilities(capabilities);
  }

  /**
   * Gives away the capability in a field.
   *
   * @throws IllegalArgumentException if there is none
   */
  Capability take(AnyPointer.Reader field) {
    int index = CapabilityPointer.read(field);
    if (index < 0 || index >= capabilities.length || capabilities[index] == null) {
      throw new IllegalArgumentException("take capability: the request has none there");
    }
    Capability taken = capabilities[index];
    capabilities[index] = null;
    return taken;
  }

  /** Releases what was not taken. */
  void close() {
    for (int i = 0; i < capabilities.length; i++) {
      if (capabilities[i] != null) {
        capabilities[i].close();
        capabilities[i] = null;
      }
    }
  }
}
