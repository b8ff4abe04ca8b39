package io.conmonj.rpc;

import io.conmonj.schema.Rpc;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.capnproto.AnyPointer;
import org.capnproto.FromPointerBuilder;

/** The parameters or results of a call being built, with the capabilities among them. */
final class PayloadWriter {

  private final OutgoingMessage message;
  private final Rpc.Payload.Builder payload;
  private final AnyStruct.Builder struct;
  private List<CallHandler> capabilities = List.of();

  PayloadWriter(OutgoingMessage message, Rpc.Payload.Builder payload) {
    this.message = message;
    this.payload = payload;
    this.struct = payload.initContent().initAs(AnyStruct.FACTORY);
  }

  OutgoingMessage message() {
    return message;
  }

  /** Makes the one parameter or result a {@code type}. */
  <B> B init(FromPointerBuilder<B> type) {
    return struct.pointer().initAs(type);
  }

  /** Makes {@code pointer}, of this payload, the capability to call {@code handler}. */
  void setCapability(AnyPointer.Builder pointer, CallHandler handler) {
    if (capabilities.isEmpty()) {
      capabilities = new ArrayList<>();
    }
    CapabilityPointer.write(pointer, capabilities.size());
    capabilities.add(handler);
  }

  /** Makes {@code pointer}, of this payload, point to data made of {@code chunks}. */
  void setData(AnyPointer.Builder pointer, List<ByteBuf> chunks) {
    message.add(ForeignData.of(pointer.initAs(PointerSlot.FINDER), chunks));
  }

  /** Ends the payload. Returns the ids its capabilities are exported by, in their order. */
  int[] finish(ExportTable exports) {
    int[] ids = new int[capabilities.size()];
    if (ids.length > 0) {
      var table = payload.initCapTable(ids.length);
      for (int i = 0; i < ids.length; i++) {
        ids[i] = exports.export(capabilities.get(i));
        table.get(i).setSenderHosted(ids[i]);
      }
    }
    return ids;
  }
}
