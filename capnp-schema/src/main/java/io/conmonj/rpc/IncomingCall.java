package io.conmonj.rpc;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.capnproto.AnyPointer;
import org.capnproto.FromPointerBuilder;
import org.capnproto.FromPointerReader;

/**
 * A call that the other side made, as the {@link CallHandler} that serves it sees it. It is to be
 * ended exactly once: by {@link #respond}, {@link #fail} or {@link #unimplemented}. Of several ends
 * the first counts. A cancelled call must be ended too: nobody is told, but the memory of its
 * response, which lies outside the heap, is only freed then.
 *
 * <p>All methods are called on the connection's thread.
 */
public interface IncomingCall {

  /** Which interface is meant, by the id in its schema. */
  long interfaceId();

  /** Which method of it is meant, by its number in the schema; 0 to 65535. */
  int methodId();

  /**
   * The request struct. It is decoded as it is read, and what is malformed throws then, so it is
   * best read whole within {@link CallHandler#call}. It stays readable until the call is ended.
   *
   * @throws IllegalStateException if the call has ended
   */
  <T> T request(FromPointerReader<T> type);

  /**
   * How many pointers the request struct has as its sender encoded it, whatever the schema says.
   *
   * @throws IllegalStateException if the call has ended
   */
  int requestPointers();

  /**
   * The capability in a field of the request. The caller of this method owns it and closes it, also
   * after the call is ended.
   *
   * @throws IllegalArgumentException if there is none
   */
  Capability capability(AnyPointer.Reader field);

  /**
   * Makes the response struct, to be filled in and sent by {@link #respond}. To be called at most
   * once; without it an empty response is sent.
   *
   * @throws IllegalStateException if the call has ended
   */
  <B> B response(FromPointerBuilder<B> type);

  /**
   * Puts into a field of the response the capability to call {@code handler}.
   *
   * @throws IllegalStateException if the call has ended
   */
  void setCapability(AnyPointer.Builder field, CallHandler handler);

  /**
   * Puts bytes into a field of the response as they are, without copying or joining them. Meant for
   * what is large; small data is better copied by the field's setter.
   *
   * @param field the data field as a pointer, such as {@code
   *     ExecSyncContainerResponse.Builder.pointerToStdout()} gives
   * @param chunks the bytes in their order; owned by this call from now on
   * @throws IllegalStateException if the call has ended
   */
  void setData(AnyPointer.Builder field, List<ByteBuf> chunks);

  /** Ends the call with the response. */
  void respond();

  /** Ends the call as failed, {@code reason} being for the caller to read. */
  void fail(FaultKind kind, String reason);

  /** Ends the call as one that this object does not know. */
  void unimplemented();

  /**
   * Has {@code action} run once the caller no longer wants the answer, or is gone; at once if that
   * is so already, never if the call was ended before. What was begun may be gone on with.
   */
  void onCancel(Runnable action);

  /**
   * Has somebody told once the call is ended, unless that is so already. There is one listener: of
   * several the last counts.
   */
  void onEnd(CallEnd listener);

  /** Whether the caller no longer wants the answer. */
  boolean cancelled();
}
