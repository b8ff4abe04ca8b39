package io.conmonj.rpc;

import io.conmonj.schema.Rpc;
import java.nio.ByteBuffer;
import org.capnproto.AnyPointer;
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

  /** So much of a message that is not understood is sent back, in words; larger ones end it all. */
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
    this.calls = new CallTable(this, exports);
    this.questions = new QuestionTable(this, exports);
  }

  /**
   * The other side's bootstrap object. It can be called at once, without waiting for the answer; on
   * a connection that has ended it is broken. Called on the connection's thread.
   */
  public Capability bootstrap() {
    PendingCall<AnyPointer.Reader> pending = questions.open(AnyPointer.factory);
    Capability bootstrap = pending.pipeline(new PointerPath());
    if (end == null) {
      OutgoingMessage message = newMessage();
      message.root().initBootstrap().setQuestionId(pending.questionId());
      send(message);
    } else {
      questions.drop(pending, end);
    }
    return bootstrap;
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
      OutgoingMessage message = newMessage();
      Rpc.Exception.Builder exception = message.root().initAbort();
      exception.setType(kind.toWire());
      exception.setReason(reason);
      outbound.send(message);
      end(new RpcException(FaultKind.DISCONNECTED, reason));
      outbound.close();
    }
  }

  /** The other side is gone. */
  void disconnected() {
    if (end == null) {
      end(new RpcException(FaultKind.DISCONNECTED, "connection closed by the other side"));
    }
  }

  RpcLimits limits() {
    return limits;
  }

  ExportTable exports() {
    return exports;
  }

  QuestionTable questions() {
    return questions;
  }

  /** Why nothing can be called any more, or {@code null}. */
  RpcException unusable() {
    return end;
  }

  OutgoingMessage newMessage() {
    return new OutgoingMessage(outbound.allocator());
  }

  void send(OutgoingMessage message) {
    if (end == null) {
      outbound.send(message);
    } else {
      message.release();
    }
  }

  void sendRelease(int importId) {
    if (end == null) {
      OutgoingMessage message = newMessage();
      Rpc.Release.Builder release = message.root().initRelease();
      release.setId(importId);
      release.setReferenceCount(1);
      send(message);
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
    OutgoingMessage echo = newMessage();
    try {
      echo.root().setUnimplemented(again);
    } catch (RuntimeException e) {
      echo.release();
      throw e;
    }
    send(echo);
  }

  private void aborted(Rpc.Exception.Reader reason) {
    end(new RpcException(FaultKind.DISCONNECTED, "ended by the other side: " + reason.getReason()));
    outbound.close();
  }

  private void end(RpcException cause) {
    end = cause;
    questions.disconnected(cause);
    calls.disconnected();
  }
}
