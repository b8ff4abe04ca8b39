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

  static ParamCapabilities read(Rpc.Payload.Reader payload, RpcConnection connection) {
    StructList.Reader<Rpc.CapDescriptor.Reader> table = payload.getCapTable();
    if (table.size() == 0) {
      return NONE;
    }
    if (table.size() > connection.limits().capabilities()) {
      throw new ProtocolException("message has " + table.size() + " capabilities");
    }
    Capability[] capabilities = new Capability[table.size()];
    for (int i = 0; i < capabilities.length; i++) {
      capabilities[i] = Capability.read(table.get(i), connection);
    }
    return new ParamCapabilities(capabilities);
  }

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
