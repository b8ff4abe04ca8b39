package io.conmonj.monitor.control;

import io.conmonj.kernel.ThisProcess;
import io.conmonj.rpc.IncomingCall;
import io.conmonj.schema.Conmonj;

/** {@code sleep} of our own interface: the worker is to end once its caller has gone. */
final class SleepMethod implements RpcMethod {
  private final SleepOrder order;

  SleepMethod(SleepOrder order) {
    this.order = order;
  }

  @Override
  public void call(IncomingCall call) throws BadRequestException {
    String awakeBecause = order.give();
    if (awakeBecause != null) {
      throw new BadRequestException("it stays awake: " + awakeBecause);
    }
    call.response(Conmonj.SleepResponse.factory).setWorkerProcessId(ThisProcess.pid());
    call.respond();
  }
}
