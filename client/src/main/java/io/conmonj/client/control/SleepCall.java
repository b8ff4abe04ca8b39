package io.conmonj.client.control;

import io.conmonj.schema.Conmonj;

/** Has a monitor sleep; answers with the id of the process that ends by it. */
public final class SleepCall {
  private SleepCall() {}

  /** Makes the call. */
  public static ControlCall<Conmonj.SleepRequest.Builder, Conmonj.SleepResponse.Reader, Long>
      create() {
    return new ControlCall<>(
        "have the monitor sleep",
        Conmonj.INTERFACE_ID,
        Conmonj.SLEEP,
        Conmonj.SleepRequest.factory,
        _ -> {},
        Conmonj.SleepResponse.factory,
        response -> Integer.toUnsignedLong(response.getWorkerProcessId()));
  }
}
