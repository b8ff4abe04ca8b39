package io.conmonj.rpc;

/**
 * Counts the calls of one connection that are being served, and the bytes of their messages. A call
 * counts until its handler ends it, also when its caller no longer wants the answer.
 */
final class RunningCalls {

  private final RpcLimits limits;
  private int calls;
  private long bytes;

  RunningCalls(RpcLimits limits) {
    this.limits = limits;
  }

  /** Counts a call with a message of {@code messageBytes} bytes, to be followed by {@link #end}. */
  void begin(int messageBytes) {
    calls++;
    bytes += messageBytes;
  }

  /** Whether there are more than the limits allow. */
  boolean tooMany() {
    return calls > limits.calls() || bytes > limits.callBytes();
  }

  /** Whether there is none. */
  boolean isEmpty() {
    return calls == 0;
  }

  /** Counts a call no more. */
  void end(int messageBytes) {
    calls--;
    bytes -= messageBytes;
  }
}
