package io.conmonj.rpc;

import io.conmonj.schema.Rpc;
import java.util.function.Consumer;
import org.capnproto.FromPointerBuilder;
import org.capnproto.FromPointerReader;

/**
 * An object of the other side, or one that an answer still to come will name. Owned by who got it,
 * who closes it. All methods are called on the connection's thread.
 */
public final class Capability implements AutoCloseable {

  private sealed interface Target {}

  private record Imported(int id) implements Target {}

  private record Promised(PendingCall<?> call, PointerPath path) implements Target {}

  private record Broken(RpcException cause) implements Target {}

  private final RpcConnection connection;
  private Target target;
  private boolean closed;

  private Capability(RpcConnection connection, Target target) {
    this.connection = connection;
    this.target = target;
  }

  Capability(RpcConnection connection, PendingCall<?> call, PointerPath path) {
    this(connection, new Promised(call, path));
  }

  /** Takes the reference that a descriptor in a message from the other side gives. */
  static Capability read(Rpc.CapDescriptor.Reader descriptor, RpcConnection connection) {
    return new Capability(connection, target(descriptor));
  }

  /**
   * Begins a call, to be sent when its request is filled in.
   *
   * @param interfaceId of the schema's interface
   * @param methodId the method's number in it; 0 to 65535
   */
  public OutgoingCall newCall(long interfaceId, int methodId) {
    return new OutgoingCall(connection, this, interfaceId, methodId);
  }

  /** Calls a method: {@code fill} fills in its request. */
  public <Q, A> PendingCall<A> call(
      long interfaceId,
      int methodId,
      FromPointerBuilder<Q> requestType,
      Consumer<? super Q> fill,
      FromPointerReader<A> responseType) {
    OutgoingCall call = newCall(interfaceId, methodId);
    try {
      fill.accept(call.request(requestType));
    } catch (RuntimeException | Error e) {
      call.discard();
      throw e;
    }
    return call.send(responseType);
  }

  /** Gives the object back. Closing again does nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (target instanceof Imported imported) {
        connection.sendRelease(imported.id());
      }
    }
  }

  /** Why it cannot be called, or {@code null} if it can. */
  RpcException unusable() {
    if (closed) {
      return new RpcException(FaultKind.FAILED, "call on a closed capability");
    }
    return target instanceof Broken broken ? broken.cause() : null;
  }

  void writeTarget(Rpc.MessageTarget.Builder builder) {
    switch (target) {
      case Imported imported -> builder.setImportedCap(imported.id());
      case Promised promised -> {
        Rpc.PromisedAnswer.Builder answer = builder.initPromisedAnswer();
        answer.setQuestionId(promised.call().questionId());
        promised.path().write(answer);
      }
      case Broken broken ->
          throw new IllegalStateException("call broken capability", broken.cause());
    }
  }

  PointerPath path() {
    if (target instanceof Promised promised) {
      return promised.path();
    }
    throw new IllegalStateException("follow path of capability: already resolved");
  }

  /** The answer that was waited for names the object. */
  void resolved(Rpc.CapDescriptor.Reader descriptor) {
    target = target(descriptor);
    if (closed && target instanceof Imported imported) {
      connection.sendRelease(imported.id());
    }
  }

  /** The answer that was waited for names none. */
  void broken(RpcException cause) {
    target = new Broken(cause);
  }

  private static Target target(Rpc.CapDescriptor.Reader descriptor) {
    return switch (descriptor.which()) {
      // A promise is called like what it will become: the other side forwards. That it became
      // something (Resolve) may then be left alone, see RpcConnection.
      case Rpc.CapDescriptor.SENDER_HOSTED -> new Imported(descriptor.getSenderHosted());
      case Rpc.CapDescriptor.SENDER_PROMISE -> new Imported(descriptor.getSenderPromise());
      // The vine stands in for the third party, to whom there is no way (level 3).
      case Rpc.CapDescriptor.THIRD_PARTY_HOSTED ->
          new Imported(descriptor.getThirdPartyHosted().getVineId());
      default ->
          new Broken(new RpcException(FaultKind.UNIMPLEMENTED, "no object of the other side"));
    };
  }
}
