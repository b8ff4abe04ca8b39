package io.conmonj.rpc;

/**
 * What a connection accepts from its peer and keeps for it.
 *
 * @param messageBytes size of one incoming message, without its header
 * @param segments number of segments of one incoming message
 * @param traversalWords how much of one message, in words of 8 bytes, may be visited; pointers can
 *     overlap, so this bounds the work a small message can cause
 * @param nesting depth of pointers in one message; bounds recursion
 * @param capabilities number of capabilities in one message
 * @param calls number of calls not yet answered; a further one is refused as overloaded
 * @param callBytes size of the messages of all those calls; a call beyond it is refused as
 *     overloaded
 * @param answers number of calls answered but not finished by the caller; one more ends the
 *     connection
 * @param queuedBytes what may wait to be written; more ends the connection, and already while the
 *     channel is not writable nothing more is read from it
 */
public record RpcLimits(
    int messageBytes,
    int segments,
    int traversalWords,
    int nesting,
    int capabilities,
    int calls,
    int callBytes,
    int answers,
    long queuedBytes) {

  private static final int MIB = 1024 * 1024;

  /** As go-capnp and capnproto-rust have it: at most 512 segments. */
  private static final int SEGMENTS = 512;

  /** 64 MiB, the default of the C++, Go and Rust implementations. */
  private static final int TRAVERSAL_WORDS = 64 * MIB / Long.BYTES;

  /** The default of all implementations. */
  private static final int NESTING = 64;

  /**
   * For a server with a small heap. A request carries command lines and environments, which execve
   * would refuse beyond 2 MiB; a queue of 72 MiB holds two answers of 32 MiB.
   */
  public static final RpcLimits SERVER =
      new RpcLimits(
          4 * MIB, SEGMENTS, TRAVERSAL_WORDS, NESTING, 256, 512, 8 * MIB, 16_384, 72L * MIB);

  /** For a client, which is to take an answer with two times 16 MiB of output. */
  public static final RpcLimits CLIENT =
      new RpcLimits(
          64 * MIB, SEGMENTS, TRAVERSAL_WORDS, NESTING, 256, 512, 64 * MIB, 16_384, 72L * MIB);
}
