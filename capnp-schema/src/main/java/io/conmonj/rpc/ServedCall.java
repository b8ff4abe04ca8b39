package io.conmonj.rpc;

import io.conmonj.schema.Rpc;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.capnproto.AnyPointer;
import org.capnproto.DecodeException;
import org.capnproto.FromPointerBuilder;
import org.capnproto.FromPointerReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An {@link IncomingCall} from its arrival to its end. It is told here which object it is for
 * ({@link #deliver}) and that nobody waits for it any more ({@link #cancel}); the end that its
 * handler gives it goes to its {@link Answer}.
 */
final class ServedCall implements IncomingCall {

  private static final Logger LOG = LoggerFactory.getLogger(IncomingCall.class);

  private final Answer answer;
  private final RunningCalls running;
  private final long interfaceId;
  private final int methodId;
  private final int bytes;
  private final ParamCapabilities capabilities;
  private AnyStruct.Reader params;
  private PayloadWriter results;
  private Runnable onCancel;
  private CallEnd onEnd;
  private boolean ended;
  private boolean cancelled;

  /**
   * @param capabilities those in the call's parameters; owned from now on
   * @param bytes size of the call's message, which is counted as running
   */
  ServedCall(
      Answer answer,
      RunningCalls running,
      Rpc.Call.Reader call,
      ParamCapabilities capabilities,
      int bytes) {
    this.answer = answer;
    this.running = running;
    this.interfaceId = call.getInterfaceId();
    this.methodId = call.getMethodId();
    this.params = call.getParams().getContent().getAs(AnyStruct.FACTORY);
    this.capabilities = capabilities;
    this.bytes = bytes;
  }

  @Override
  public long interfaceId() {
    return interfaceId;
  }

  @Override
  public int methodId() {
    return methodId;
  }

  @Override
  public <T> T request(FromPointerReader<T> type) {
    return requestPointer().getAs(type);
  }

  @Override
  public int requestPointers() {
    return requestPointer().getAs(AnyStruct.FACTORY).pointerCount();
  }

  @Override
  public Capability capability(AnyPointer.Reader field) {
    return capabilities.take(field);
  }

  @Override
  public <B> B response(FromPointerBuilder<B> type) {
    return results().init(type);
  }

  @Override
  public void setCapability(AnyPointer.Builder field, CallHandler handler) {
    results().setCapability(field, handler);
  }

  @Override
  public void setData(AnyPointer.Builder field, List<ByteBuf> chunks) {
    results().setData(field, chunks);
  }

  @Override
  public void respond() {
    if (!ended) {
      PayloadWriter written = results();
      end();
      try {
        if (cancelled) {
          written.message().release();
        } else {
          answer.sendResults(written);
        }
      } finally {
        tellEnd(false);
      }
    }
  }

  @Override
  public void fail(FaultKind kind, String reason) {
    if (!ended) {
      end();
      try {
        if (results != null) {
          results.message().release();
        }
        if (!cancelled) {
          answer.sendException(kind, reason);
        }
      } finally {
        tellEnd(true);
      }
    }
  }

  @Override
  public void unimplemented() {
    fail(
        FaultKind.UNIMPLEMENTED,
        "method "
            + methodId
            + " of interface 0x"
            + Long.toHexString(interfaceId)
            + " unimplemented");
  }

  @Override
  public void onCancel(Runnable action) {
    if (cancelled) {
      action.run();
    } else {
      onCancel = action;
    }
  }

  @Override
  public void onEnd(CallEnd listener) {
    onEnd = listener;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  /** Hands the call to the object it is for; {@code null} stands for none. */
  void deliver(CallHandler handler) {
    if (ended || cancelled) {
      end();
      tellEnd(true);
    } else if (handler == null) {
      fail(FaultKind.FAILED, "call on something that is not an object of this connection");
    } else {
      try {
        handler.call(this);
      } catch (DecodeException e) {
        fail(FaultKind.FAILED, "malformed request: " + e.getMessage());
      } catch (RuntimeException | Error e) {
        LOG.warn("call failed unexpectedly", e);
        fail(FaultKind.FAILED, e.getMessage() == null ? e.toString() : e.getMessage());
      }
    }
  }

  /** Tells the handler that nobody waits any more. */
  void cancel() {
    cancelled = true;
    Runnable action = onCancel;
    onCancel = null;
    if (action != null) {
      try {
        action.run();
      } catch (RuntimeException | Error e) {
        LOG.warn("cancelling a call failed unexpectedly", e);
      }
    }
  }

  private PayloadWriter results() {
    if (ended) {
      throw new IllegalStateException("respond to call: already ended");
    }
    if (results == null) {
      results = answer.newResults();
    }
    return results;
  }

  private AnyPointer.Reader requestPointer() {
    if (ended) {
      throw new IllegalStateException("read request: call already ended");
    }
    return params.pointer(0);
  }

  private void end() {
    if (!ended) {
      ended = true;
      params = null;
      capabilities.close();
      onCancel = null;
      running.end(bytes);
    }
  }

  /** Comes behind the answer, which must not be lost with a listener that fails. */
  private void tellEnd(boolean failed) {
    CallEnd listener = onEnd;
    onEnd = null;
    if (listener != null) {
      try {
        listener.ended(failed);
      } catch (RuntimeException | Error e) {
        LOG.warn("telling of a call's end failed unexpectedly", e);
      }
    }
  }
}
