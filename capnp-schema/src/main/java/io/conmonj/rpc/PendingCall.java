package io.conmonj.rpc;

import io.conmonj.schema.Rpc;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.capnproto.AnyPointer;
import org.capnproto.FromPointerReader;

/**
 * The answer to a call, once it comes. It fails with an {@link RpcException}. It is completed on
 * the connection's thread and belongs to it; only what it is completed with may go elsewhere.
 *
 * @param <A> the response struct's reader
 */
public final class PendingCall<A> extends CompletableFuture<A> {

  private static final int[] NO_EXPORTS = {};

  private final Outbound outbound;
  private final int questionId;
  private final FromPointerReader<A> resultsType;
  private final List<Capability> pipelined = new ArrayList<>(0);
  private int[] exportedParams = NO_EXPORTS;
  private boolean givenUp;

  PendingCall(Outbound outbound, int questionId, FromPointerReader<A> resultsType) {
    this.outbound = outbound;
    this.questionId = questionId;
    this.resultsType = resultsType;
  }

  /**
   * The capability that will be in field {@code pointer} of the response, to be called already now:
   * the other side delivers such calls when it has answered. To be asked for before this call
   * completes; capabilities not asked for are given back. The caller of this method closes it.
   *
   * @param pointer the number of the field among the response's pointers
   */
  public Capability pipeline(int pointer) {
    return pipeline(new PointerPath(0, pointer));
  }

  /**
   * Gives up the call: tells the other side that its answer is not needed, and completes as
   * cancelled. To be called on the connection's thread.
   */
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (super.cancel(mayInterruptIfRunning)) {
      givenUp = true;
      failed(new RpcException(FaultKind.FAILED, "call cancelled"));
      boolean keepNothing = true;
      sendFinish(keepNothing);
      return true;
    }
    return isCancelled();
  }

  Capability pipeline(PointerPath path) {
    if (isDone()) {
      throw new IllegalStateException("pipeline on call: already completed");
    }
    Capability capability = Capability.promised(outbound, questionId, path);
    pipelined.add(capability);
    return capability;
  }

  /** Whether the other side was told that the answer is not needed. */
  boolean givenUp() {
    return givenUp;
  }

  /**
   * Tells the other side that this side is done with the question.
   *
   * @param releaseResultCaps whether the capabilities in its answer are given back with it
   */
  void sendFinish(boolean releaseResultCaps) {
    OutgoingMessage message = outbound.newMessage();
    Rpc.Finish.Builder finish = message.root().initFinish();
    finish.setQuestionId(questionId);
    finish.setReleaseResultCaps(releaseResultCaps);
    outbound.send(message);
  }

  int questionId() {
    return questionId;
  }

  List<Capability> pipelined() {
    return pipelined;
  }

  int[] exportedParams() {
    return exportedParams;
  }

  void exportedParams(int[] ids) {
    exportedParams = ids;
  }

  /** Reads the response and completes; what is malformed throws. */
  void returned(AnyPointer.Reader results) {
    complete(results.getAs(resultsType));
  }

  void failed(RpcException cause) {
    for (Capability capability : pipelined) {
      capability.broken(cause);
    }
    completeExceptionally(cause);
  }
}
