package io.conmonj.rpc;

import io.conmonj.schema.Rpc;
import java.util.ArrayList;
import java.util.List;
import org.capnproto.AnyPointer;
import org.capnproto.DecodeException;

/**
 * The answer to a question of the other side. It is kept from the question's arrival until it is
 * both returned and finished, because until then the other side can make calls on the objects in
 * it; those that come before it is returned wait here.
 */
final class Answer {

  private static final int[] NO_EXPORTS = {};

  private record Waiting(ServedCall call, PointerPath path) {}

  private final int questionId;
  private final Outbound outbound;
  private final ExportTable exportTable;
  private boolean returned;
  private ServedCall call;
  private AnyPointer.Reader content;
  private int[] exports = NO_EXPORTS;
  private List<Waiting> waiting = List.of();

  Answer(int questionId, Outbound outbound, ExportTable exportTable) {
    this.questionId = questionId;
    this.outbound = outbound;
    this.exportTable = exportTable;
  }

  boolean returned() {
    return returned;
  }

  /** Names the call to tell when the other side gives up the question. */
  void servedBy(ServedCall incoming) {
    call = incoming;
  }

  /** The call that serves the question, or {@code null} if none does or it is returned. */
  ServedCall call() {
    return call;
  }

  /** What to take back from the export table should the other side finish without keeping it. */
  int[] exports() {
    return exports;
  }

  /** Keeps a call on an object in this answer until the answer is returned. */
  void await(ServedCall pipelined, PointerPath path) {
    if (waiting.isEmpty()) {
      waiting = new ArrayList<>(1);
    }
    waiting.add(new Waiting(pipelined, path));
  }

  /**
   * The object that {@code path} leads to in a returned answer, or {@code null} if there is none.
   */
  CallHandler find(PointerPath path) {
    if (content == null) {
      return null;
    }
    try {
      int index = CapabilityPointer.read(path.follow(content));
      return index >= 0 && index < exports.length ? exportTable.find(exports[index]) : null;
    } catch (DecodeException notAStruct) {
      return null;
    }
  }

  /** Returns the bootstrap object. */
  void sendBootstrap() {
    OutgoingMessage message = outbound.newMessage();
    Rpc.Payload.Builder payload = initReturn(message).initResults();
    CapabilityPointer.write(payload.initContent(), 0);
    payload.initCapTable(1).get(0).setSenderHosted(ExportTable.BOOTSTRAP);
    AnyPointer.Reader copy = message.copyOfReturnedContent();
    outbound.send(message);
    resolve(copy, new int[] {ExportTable.BOOTSTRAP});
  }

  /** Begins the results, to be sent by {@link #sendResults} or released with their message. */
  PayloadWriter newResults() {
    OutgoingMessage message = outbound.newMessage();
    return new PayloadWriter(message, initReturn(message).initResults());
  }

  void sendResults(PayloadWriter results) {
    int[] ids = results.finish(exportTable);
    AnyPointer.Reader copy = ids.length == 0 ? null : results.message().copyOfReturnedContent();
    outbound.send(results.message());
    resolve(copy, ids);
  }

  void sendException(FaultKind kind, String reason) {
    OutgoingMessage message = outbound.newMessage();
    Rpc.Exception.Builder exception = initReturn(message).initException();
    exception.setType(kind.toWire());
    exception.setReason(reason);
    outbound.send(message);
    resolve(null, NO_EXPORTS);
  }

  /** Tells the other side that nothing will be returned, as it wanted. */
  void sendCanceled() {
    OutgoingMessage message = outbound.newMessage();
    initReturn(message).setCanceled();
    outbound.send(message);
    resolve(null, NO_EXPORTS);
  }

  private Rpc.Return.Builder initReturn(OutgoingMessage message) {
    Rpc.Return.Builder builder = message.root().initReturn();
    builder.setAnswerId(questionId);
    builder.setReleaseParamCaps(false);
    return builder;
  }

  /**
   * Notes that the answer is returned, and delivers the calls that waited for it.
   *
   * @param results what was returned; {@code null} if nothing that can be called
   * @param exportIds the export ids of the capabilities in it
   */
  private void resolve(AnyPointer.Reader results, int[] exportIds) {
    returned = true;
    call = null;
    content = results;
    exports = exportIds;
    List<Waiting> delayed = waiting;
    waiting = List.of();
    for (Waiting each : delayed) {
      each.call.deliver(find(each.path));
    }
  }
}
