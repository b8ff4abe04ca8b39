package io.conmonj.rpc;

import io.conmonj.schema.Rpc;

/**
 * A reference to an object of the other side, or to one that an answer still to come will name. It
 * is called through {@link RpcConnection#call}, on the connection that it came over. Owned by who
 * got it, who closes it. All methods are called on the connection's thread.
 */
public final class Capability implements AutoCloseable {

  private sealed interface Target {}

  private record Imported(int id) implements Target {}

  private record Promised(int questionId, PointerPath path) implements Target {}

  private record Broken(RpcException cause) implements Target {}

  private final Outbound outbound;
  private Target target;
  private boolean closed;

  private Capability(Outbound outbound, Target target) {
    this.outbound = outbound;
    this.target = target;
  }

  /** The object that {@code path} will lead to in the answer to a question of this side. */
  static Capability promised(Outbound outbound, int questionId, PointerPath path) {
    return new Capability(outbound, new Promised(questionId, path));
  }

  /** Takes the reference that a descriptor in a message from the other side gives. */
  static Capability read(Rpc.CapDescriptor.Reader descriptor, Outbound outbound) {
    return new Capability(outbound, target(descriptor));
  }

  /** Gives the object back. Closing again does nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      releaseIfImported();
    }
  }

  /** Whether it came over the connection with this way out. */
  boolean cameOver(Outbound other) {
    return outbound.equals(other);
  }

  /** Why it cannot be called, or {@code null} if it can. */
  RpcException unusable() {
    if (closed) {
      return new RpcException(FaultKind.FAILED, "call on a closed capability");
    }
    return target instanceof Broken broken ? broken.cause() : null;
  }

  void writeTarget(Rpc.MessageTarget.Builder builder) {
    // No switch over their types: each start of a program would generate the code of it anew.
    if (target instanceof Imported imported) {
      builder.setImportedCap(imported.id());
    } else if (target instanceof Promised promised) {
      Rpc.PromisedAnswer.Builder answer = builder.initPromisedAnswer();
      answer.setQuestionId(promised.questionId());
      promised.path().write(answer);
    } else {
      throw new IllegalStateException("call broken capability", unusable());
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
    if (closed) {
      releaseIfImported();
    }
  }

  /** The answer that was waited for names none. */
  void broken(RpcException cause) {
    target = new Broken(cause);
  }

  private void releaseIfImported() {
    if (target instanceof Imported imported) {
      OutgoingMessage message = outbound.newMessage();
      Rpc.Release.Builder release = message.root().initRelease();
      release.setId(imported.id());
      release.setReferenceCount(1);
      outbound.send(message);
    }
  }

  private static Target target(Rpc.CapDescriptor.Reader descriptor) {
    return switch (descriptor.which()) {
      // A promise is called like what it will become, because the other side forwards the calls.
      // So its Resolve message may be answered with "unimplemented", as RpcConnection does.
      case Rpc.CapDescriptor.SENDER_HOSTED -> new Imported(descriptor.getSenderHosted());
      case Rpc.CapDescriptor.SENDER_PROMISE -> new Imported(descriptor.getSenderPromise());
      // An object of a third party could be reached directly at level 3 of the protocol. At level 1
      // its "vine" is called instead: an object of the other side that forwards to the third party.
      case Rpc.CapDescriptor.THIRD_PARTY_HOSTED ->
          new Imported(descriptor.getThirdPartyHosted().getVineId());
      default ->
          new Broken(new RpcException(FaultKind.UNIMPLEMENTED, "no object of the other side"));
    };
  }
}
