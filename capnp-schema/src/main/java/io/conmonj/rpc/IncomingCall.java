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
 * A call that the other side made, to be ended exactly once: by {@link #respond}, {@link #fail} or
 * {@link #unimplemented}. Of several ends the first counts. A cancelled call must be ended too; its
 * answer goes nowhere, but its memory lies outside the heap and is freed with it.
 *
 * <p>All methods are called on the connection's thread.
 */
public final class IncomingCall {

  private static final Logger LOG = LoggerFactory.getLogger(IncomingCall.class);

  private final CallTable table;
  private final Answer answer;
  private final long interfaceId;
  private final int methodId;
  private final int bytes;
  private AnyStruct.Reader params;
  private ParamCapabilities capabilities;
  private PayloadWriter results;
  private Runnable onCancel;
  private boolean ended;
  private boolean cancelled;

  IncomingCall(CallTable table, Answer answer, Rpc.Call.Reader call, int bytes) {
    this.table = table;
    this.answer = answer;
    this.interfaceId = call.getInterfaceId();
    this.methodId = call.getMethodId();
    this.bytes = bytes;
    Rpc.Payload.Reader payload = call.getParams();
    this.params = payload.getContent().getAs(AnyStruct.FACTORY);
    this.capabilities = ParamCapabilities.read(payload, table.connection());
  }

  /** Which interface is meant, by the id in its schema. */
  public long interfaceId() {
    return interfaceId;
  }

  /** Which method of it is meant, by its number in the schema; 0 to 65535. */
  public int methodId() {
    return methodId;
  }

  /**
   * The request struct. It is decoded as it is read, and what is malformed throws then, so it is
   * best read whole within {@link CallHandler#call}. It stays readable until the call is ended.
   */
  public <T> T request(FromPointerReader<T> type) {
    return requestPointer().getAs(type);
  }

  /**
   * How many pointers the request struct has as its sender encoded it, whatever the schema says.
   */
  public int requestPointers() {
    return requestPointer().getAs(AnyStruct.FACTORY).pointerCount();
  }

  /**
   * The capability in a field of the request. The caller of this method owns it and closes it, also
   * after the call is ended.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Capability capability(AnyPointer.Reader field) {
    return capabilities.take(field);
  }

  /**
   * Makes the response struct, to be filled in and sent by {@link #respond}. To be called at most
   * once; without it an empty response is sent.
   */
  public <B> B response(FromPointerBuilder<B> type) {
    return results().init(type);
  }

  /** Puts into a field of the response the capability to call {@code handler}. */
  public void setCapability(AnyPointer.Builder field, CallHandler handler) {
    results().setCapability(field, handler);
  }

  /**
   * Puts bytes into a field of the response as they are, without copying or joining them. Meant for
   * what is large; small data is better copied by the field's setter.
   *
   * @param field the data field as a pointer, such as {@code
   *     ExecSyncContainerResponse.Builder.pointerToStdout()} gives
   * @param chunks the bytes in their order; owned by this call from now on
   */
  public void setData(AnyPointer.Builder field, List<ByteBuf> chunks) {
    results().setData(field, chunks);
  }

  /** Ends the call with the response. */
  public void respond() {
    if (!ended) {
      PayloadWriter written = results();
      end();
      if (cancelled) {
        written.message().release();
      } else {
        table.sendResults(answer, written);
      }
    }
  }

  /** Ends the call as failed, {@code reason} being for the caller to read. */
  public void fail(FaultKind kind, String reason) {
    if (!ended) {
      end();
      if (results != null) {
        results.message().release();
      }
      if (!cancelled) {
        table.sendException(answer, kind, reason);
      }
    }
  }

  /** Ends the call as one that this object does not know. */
  public void unimplemented() {
    fail(
        FaultKind.UNIMPLEMENTED,
        "method "
            + methodId
            + " of interface 0x"
            + Long.toHexString(interfaceId)
            + " unimplemented");
  }

  /**
   * Has {@code action} run once the caller no longer wants the answer, or is gone; at once if that
   * is so already, never if the call was ended before. What was begun may be gone on with.
   */
  public void onCancel(Runnable action) {
    if (cancelled) {
      action.run();
    } else {
      onCancel = action;
    }
  }

  /** Whether the caller no longer wants the answer. */
  public boolean cancelled() {
    return cancelled;
  }

  int bytes() {
    return bytes;
  }

  /** Hands the call to the object it is for; {@code null} stands for none. */
  void deliver(CallHandler handler) {
    if (ended || cancelled) {
      end();
    } else if (handler == null) {
      fail(FaultKind.FAILED, "call on something that is not an object of this connection");
    } else {
      try {
        handler.call(this);
      } catch (DecodeException e) {
        fail(FaultKind.FAILED, "malformed request: " + e.getMessage());
      } catch (RuntimeException | Error e) {
        LOG.warn("serve method {} of interface {}: unexpected exception", methodId, interfaceId, e);
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
        LOG.warn(
            "cancel method {} of interface {}: unexpected exception", methodId, interfaceId, e);
      }
    }
  }

  private PayloadWriter results() {
    if (ended) {
      throw new IllegalStateException("respond to call: already ended");
    }
    if (results == null) {
      results = table.newResults(answer);
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
      table.ended(this);
    }
  }
}
