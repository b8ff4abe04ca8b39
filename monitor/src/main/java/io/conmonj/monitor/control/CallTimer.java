package io.conmonj.monitor.control;

import io.conmonj.monitor.observe.CallLatencies;
import io.conmonj.rpc.CallEnd;

/** Measures one call, from its making to the end. Loop thread only. */
final class CallTimer implements CallEnd {
  private final CallLatencies latencies;
  private final String method;
  private final CallsInFlight inFlight;
  private final long began = System.nanoTime();

  CallTimer(CallLatencies latencies, String method, CallsInFlight inFlight) {
    this.latencies = latencies;
    this.method = method;
    this.inFlight = inFlight;
    inFlight.begun();
  }

  @Override
  public void ended(boolean failed) {
    inFlight.ended();
    latencies.add(method, System.nanoTime() - began, failed);
  }
}
