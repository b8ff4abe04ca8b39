package io.conmonj.rpc;

import io.conmonj.schema.Rpc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.capnproto.AnyPointer;
import org.capnproto.FromPointerReader;
import org.capnproto.StructList;

/** The calling half of a connection: this side's questions until both are done with them. */
final class QuestionTable {

  private final Outbound outbound;
  private final ExportTable exports;
  private final RpcLimits limits;
  private final Map<Integer, PendingCall<?>> questions = new HashMap<>();
  private int next;
  private RpcException end;

  QuestionTable(Outbound outbound, ExportTable exports, RpcLimits limits) {
    this.outbound = outbound;
    this.exports = exports;
    this.limits = limits;
  }

  /** Why nothing can be asked any more, or {@code null} as long as it can. */
  RpcException end() {
    return end;
  }

  /** Whether none is open. */
  boolean isIdle() {
    return questions.isEmpty();
  }

  /** Opens a question, to be asked next. */
  <A> PendingCall<A> open(FromPointerReader<A> resultsType) {
    while (questions.containsKey(next)) {
      next++;
    }
    PendingCall<A> call = new PendingCall<>(outbound, next++, resultsType);
    questions.put(call.questionId(), call);
    return call;
  }

  /** Closes a question that could not be asked. */
  void drop(PendingCall<?> call, RpcException cause) {
    questions.remove(call.questionId());
    call.failed(cause);
  }

  void returned(Rpc.Return.Reader answer) {
    PendingCall<?> call = questions.get(answer.getAnswerId());
    if (call == null) {
      throw new ProtocolException("return for question " + answer.getAnswerId() + ", not open");
    }
    if (answer.getReleaseParamCaps()) {
      for (int id : call.exportedParams()) {
        exports.release(id);
      }
    }
    if (call.givenUp()) {
      questions.remove(call.questionId());
      return;
    }
    switch (answer.which()) {
      case Rpc.Return.RESULTS -> results(call, answer.getResults());
      case Rpc.Return.EXCEPTION -> call.failed(exception(answer.getException()));
      case Rpc.Return.CANCELED ->
          call.failed(new RpcException(FaultKind.FAILED, "call cancelled by the other side"));
      default -> throw new ProtocolException("return of a kind not asked for: " + answer.which());
    }
    questions.remove(call.questionId());
    boolean keepCapabilities = false;
    call.sendFinish(keepCapabilities);
  }

  /** The other side did not know a message of ours. */
  void unimplemented(Rpc.Message.Reader message) {
    int questionId =
        switch (message.which()) {
          case Rpc.Message.CALL -> message.getCall().getQuestionId();
          case Rpc.Message.BOOTSTRAP -> message.getBootstrap().getQuestionId();
          default -> -1;
        };
    PendingCall<?> call = questions.get(questionId);
    if (call != null) {
      questions.remove(questionId);
      call.failed(new RpcException(FaultKind.UNIMPLEMENTED, "not understood by the other side"));
    }
  }

  /** Fails what is pending, and what is asked from now on. */
  void disconnected(RpcException cause) {
    end = cause;
    List<PendingCall<?>> open = new ArrayList<>(questions.values());
    questions.clear();
    for (PendingCall<?> call : open) {
      call.failed(cause);
    }
  }

  private static RpcException exception(Rpc.Exception.Reader exception) {
    return new RpcException(
        FaultKind.fromWire(exception.getType()), exception.getReason().toString());
  }

  private void results(PendingCall<?> call, Rpc.Payload.Reader payload) {
    AnyPointer.Reader content = payload.getContent();
    StructList.Reader<Rpc.CapDescriptor.Reader> table = payload.getCapTable();
    if (table.size() > limits.capabilities()) {
      throw new ProtocolException("message has " + table.size() + " capabilities");
    }
    boolean[] taken = new boolean[table.size()];
    for (Capability capability : call.pipelined()) {
      int index = CapabilityPointer.read(capability.path().follow(content));
      if (index < 0 || index >= taken.length || taken[index]) {
        capability.broken(new RpcException(FaultKind.FAILED, "the answer has no capability there"));
      } else {
        taken[index] = true;
        capability.resolved(table.get(index));
      }
    }
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        Capability.read(table.get(i), outbound).close();
      }
    }
    call.returned(content);
  }
}
