package io.conmonj.rpc;

import io.conmonj.schema.Rpc;
import org.capnproto.AnyPointer;
import org.capnproto.FromPointerBuilder;
import org.capnproto.FromPointerReader;
import org.capnproto.SegmentReader;

/** A call being made, to be sent exactly once. Used on the connection's thread. */
public final class OutgoingCall {

  /** Reads the response struct out of the struct of results. */
  private record FirstPointer<A>(FromPointerReader<A> type) implements FromPointerReader<A> {

    @Override
    public A fromPointerReader(SegmentReader segment, int pointer, int nestingLimit) {
      return AnyStruct.FACTORY
          .fromPointerReader(segment, pointer, nestingLimit)
          .pointer(0)
          .getAs(type);
    }
  }

  private final Outbound outbound;
  private final QuestionTable questions;
  private final ExportTable exports;
  private final Capability target;
  private final Rpc.Call.Builder call;
  private final PayloadWriter params;

  OutgoingCall(
      Outbound outbound,
      QuestionTable questions,
      ExportTable exports,
      Capability target,
      long interfaceId,
      int methodId) {
    this.outbound = outbound;
    this.questions = questions;
    this.exports = exports;
    this.target = target;
    OutgoingMessage message = outbound.newMessage();
    this.call = message.root().initCall();
    call.setInterfaceId(interfaceId);
    call.setMethodId(methodId);
    this.params = new PayloadWriter(message, call.initParams());
  }

  /** Makes the request struct, to be filled in. To be called at most once. */
  public <Q> Q request(FromPointerBuilder<Q> type) {
    return params.init(type);
  }

  /** Puts into a field of the request the capability to call {@code handler}. */
  public void setCapability(AnyPointer.Builder field, CallHandler handler) {
    params.setCapability(field, handler);
  }

  /**
   * Sends the call. It fails at once, but through the future, if its target or connection is gone.
   */
  public <A> PendingCall<A> send(FromPointerReader<A> responseType) {
    PendingCall<A> pending = questions.open(new FirstPointer<>(responseType));
    RpcException unusable = questions.end();
    if (unusable == null) {
      unusable = target.unusable();
    }
    if (unusable != null) {
      discard();
      questions.drop(pending, unusable);
      return pending;
    }
    call.setQuestionId(pending.questionId());
    target.writeTarget(call.initTarget());
    pending.exportedParams(params.finish(exports));
    outbound.send(params.message());
    return pending;
  }

  /** Gives it up instead of sending it. */
  void discard() {
    params.message().release();
  }
}
