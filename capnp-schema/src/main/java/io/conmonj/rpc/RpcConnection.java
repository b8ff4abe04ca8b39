package io.conmonj.rpc;

import io.conmonj.schema.Rpc;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.capnproto.AnyPointer;
import org.capnproto.FromPointerBuilder;
import org.capnproto.FromPointerReader;
import org.capnproto.MessageReader;
import org.capnproto.ReaderOptions;

/**
 * One side of a connection between two parties: the protocol of rpc.capnp at level 1, with both a
 * serving and a calling half. It does no I/O and never throws at who feeds it: what the other side
 * does wrong ends the connection with an abort message.
 *
 * <p>Not implemented, as level 1 allows, and answered with {@code unimplemented}: three-party
 * introduction; {@code resolve}, because an imported promise goes on working through the other
 * side; {@code disembargo}, because this side never gives back an object to the party that hosts
 * it.
 */
public final class RpcConnection {

  /**
   * How large a message of an unknown kind may be, in words of 8 bytes, to be sent back as
   * "unimplemented". A larger one ends the connection.
   */
  private static final int ECHO_WORDS = 8192;

  private final RpcLimits limits;
  private final ReaderOptions readerOptions;
  private final Outbound outbound;
  private final ExportTable exports;
  private final CallTable calls;
  private final QuestionTable questions;
  private RpcException end;

  RpcConnection(RpcLimits limits, CallHandler bootstrap, Outbound outbound) {
    this.limits = limits;
    this.readerOptions = new ReaderOptions(limits.traversalWords(), limits.nesting());
    this.outbound = outbound;
    this.exports = new ExportTable(bootstrap);
    this.calls = new CallTable(outbound, exports, limits);
    this.questions = new QuestionTable(outbound, exports, limits);
  }

  /**
   * The other side's bootstrap object. It can be called at once, without waiting for the answer; on
   * a connection that has ended it is broken. Called on the connection's thread.
   */
  public Capability bootstrap() {
    PendingCall<AnyPointer.Reader> pending = questions.open(AnyPointer.factory);
    Capability bootstrap = pending.pipeline(new PointerPath());
    if (end == null) {
      OutgoingMessage message = outbound.newMessage();
      message.root().initBootstrap().setQuestionId(pending.questionId());
      outbound.send(message);
    } else {
      questions.drop(pending, end);
    }
    return bootstrap;
  }

  /**
   * Begins a call, to be sent when its request is filled in. Called on the connection's thread.
   *
   * @param target what is called; a capability that came over this connection
   * @param interfaceId of the schema's interface
   * @param methodId the method's number in it; 0 to 65535
   * @throws IllegalArgumentException if the target came over another connection
   */
  public OutgoingCall newCall(Capability target, long interfaceId, int methodId) {
    if (!target.cameOver(outbound)) {
      throw new IllegalArgumentException("call capability: it came over another connection");
    }
    return new OutgoingCall(outbound, questions, exports, target, interfaceId, methodId);
  }

  /**
   * Calls a method. Called on the connection's thread.
   *
   * @param target what is called; a capability that came over this connection
   * @param interfaceId of the schema's interface
   * @param methodId the method's number in it; 0 to 65535
   * @param fill fills in the request; what it throws is thrown here, and nothing is sent then
   * @return the answer to come; it fails if the target or the connection is gone
   * @throws IllegalArgumentException if the target came over another connection
   */
  public <Q, A> PendingCall<A> call(
      Capability target,
      long interfaceId,
      int methodId,
      FromPointerBuilder<Q> requestType,
      Consumer<? super Q> fill,
      FromPointerReader<A> responseType) {
    OutgoingCall call = newCall(target, interfaceId, methodId);
    try {
      fill.accept(call.request(requestType));
    } catch (RuntimeException | Error e) {
      call.discard();
      throw e;
    }
    return call.send(responseType);
  }

  /**
   * Ends the connection: what is pending fails, what is being served is cancelled. Called on the
   * connection's thread.
   */
  public void close() {
    abort(FaultKind.DISCONNECTED, "connection closed");
  }

  /** Whether the connection has ended, from either side. */
  public boolean closed() {
    return end != null;
  }

  /** Whether all that was said is done with, so that it is as good as a new connection. */
  boolean isAtRest() {
    return end == null && calls.isIdle() && questions.isIdle() && exports.hasBootstrapOnly();
  }

  /** Takes a message of {@code bytes} bytes. */
  void receive(ByteBuffer[] segments, int bytes) {
    if (end != null) {
      return;
    }
    try {
      Rpc.Message.Reader message =
          new MessageReader(segments, readerOptions).getRoot(Rpc.Message.factory);
      switch (message.which()) {
        case Rpc.Message.UNIMPLEMENTED -> questions.unimplemented(message.getUnimplemented());
        case Rpc.Message.ABORT -> aborted(message.getAbort());
        case Rpc.Message.BOOTSTRAP -> calls.bootstrap(message.getBootstrap());
        case Rpc.Message.CALL -> call(message, segments, bytes);
        case Rpc.Message.RETURN -> questions.returned(message.getReturn());
        case Rpc.Message.FINISH -> calls.finish(message.getFinish());
        case Rpc.Message.RELEASE -> exports.release(message.getRelease().getId());
        default -> echoUnimplemented(segments);
      }
    } catch (RuntimeException e) {
      // The runtime reports what is malformed in several ways, out-of-bounds among them.
      violated(e);
    }
  }

  /** The other side did what the protocol does not allow. */
  void violated(RuntimeException violation) {
    String detail = violation.getMessage();
    abort(FaultKind.FAILED, "malformed message: " + (detail == null ? violation : detail));
  }

  /** Ends the connection with a reason for the other side. */
  void abort(FaultKind kind, String reason) {
    if (end == null) {
      OutgoingMessage message = outbound.newMessage();
      Rpc.Exception.Builder exception = message.root().initAbort();
      exception.setType(kind.toWire());
      exception.setReason(reason);
      outbound.send(message);
      close(new RpcException(FaultKind.DISCONNECTED, reason));
    }
  }

  /** The other side is gone. */
  void disconnected() {
    if (end == null) {
      end = new RpcException(FaultKind.DISCONNECTED, "connection closed by the other side");
      tellOfEnd();
    }
  }

  private void call(Rpc.Message.Reader message, ByteBuffer[] segments, int bytes) {
    Rpc.Call.Reader call = message.getCall();
    if (call.getSendResultsTo().which() == Rpc.Call.SendResultsTo.CALLER) {
      calls.call(call, bytes);
    } else {
      echoUnimplemented(segments);
    }
  }

  private void echoUnimplemented(ByteBuffer[] segments) {
    Rpc.Message.Reader again =
        new MessageReader(segments, new ReaderOptions(ECHO_WORDS, limits.nesting()))
            .getRoot(Rpc.Message.factory);
    OutgoingMessage echo = outbound.newMessage();
    try {
      echo.root().setUnimplemented(again);
    } catch (RuntimeException e) {
      echo.release();
      throw e;
    }
    outbound.send(echo);
  }

  private void aborted(Rpc.Exception.Reader reason) {
    close(
        new RpcException(FaultKind.DISCONNECTED, "ended by the other side: " + reason.getReason()));
  }

  /** Ends everything; whoever learns of it cannot send any more. */
  private void close(RpcException cause) {
    end = cause;
    outbound.close();
    tellOfEnd();
  }

  private void tellOfEnd() {
    questions.disconnected(end);
    calls.disconnected();
  }
}
