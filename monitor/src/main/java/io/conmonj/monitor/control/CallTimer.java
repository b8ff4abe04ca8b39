package io.conmonj.monitor.control;

import io.conmonj.monitor.observe.CallLatencies;
import io.conmonj.rpc.CallEnd;

/** Measures one call, from its making to the end. Loop thread only. */
final class CallTimer implements CallEnd {
  private final CallLatencies latencies;
  private final String method;
  private final long began = System.nanoTime();

  CallTimer(CallLatencies latencies, String method) {
    this.latencies = latencies;
    this.method = method;
  }

  @Override
  public void ended(boolean failed) {
    latencies.add(method, System.nanoTime() - began, failed);
  }
}
