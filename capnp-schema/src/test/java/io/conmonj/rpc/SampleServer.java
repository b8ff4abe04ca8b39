package io.conmonj.rpc;

import io.conmonj.rpc.schema.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.capnproto.TextList;

/** Serves {@code sample.capnp}; also what a Python or Go client is tested against. */
final class SampleServer implements CallHandler {

  private final Map<String, IncomingCall> waiting = new HashMap<>();
  private final Supplier<RpcConnection> connection;
  private int cancelled;

  /**
   * @param connection over which objects come that clients pass, so that they can be called
   */
  SampleServer(Supplier<RpcConnection> connection) {
    this.connection = connection;
  }

  /** One to which no objects are passed. */
  static SampleServer withoutRelay() {
    return new SampleServer(
        () -> {
          throw new IllegalStateException("relay: no connection known");
        });
  }

  /** How many waiting calls were given up by their callers. */
  int cancelled() {
    return cancelled;
  }

  /** How many calls wait. */
  int waiting() {
    return waiting.size();
  }

  @Override
  public void call(IncomingCall call) {
    if (call.interfaceId() != Sample.INTERFACE_ID) {
      call.unimplemented();
      return;
    }
    switch (call.methodId()) {
      case Sample.ECHO -> echo(call);
      case Sample.OPEN -> open(call);
      case Sample.RELAY -> relay(call);
      case Sample.WAIT -> await(call);
      case Sample.WAKE -> wake(call);
      case Sample.FAIL ->
          throw new IllegalStateException(
              "fail as asked: " + call.request(Sample.WaitRequest.factory).getKey());
      default -> call.unimplemented();
    }
  }

  private static void echo(IncomingCall call) {
    Sample.EchoRequest.Reader request = call.request(Sample.EchoRequest.factory);
    Sample.EchoResponse.Builder response = call.response(Sample.EchoResponse.factory);
    var data = response.initData(request.getTimes());
    for (int i = 0; i < data.size(); i++) {
      data.set(i, request.getData());
    }
    TextList.Reader from = request.getTexts();
    TextList.Builder to = response.initTexts(from.size());
    for (int i = 0; i < to.size(); i++) {
      to.set(i, from.get(i));
    }
    call.respond();
  }

  private static void open(IncomingCall call) {
    int start = call.request(Sample.OpenRequest.factory).getStart();
    Sample.OpenResponse.Builder response = call.response(Sample.OpenResponse.factory);
    response.setOther("counter from " + start);
    call.setCapability(response.initCounter(), new Counter(start));
    call.respond();
  }

  private void relay(IncomingCall call) {
    Capability counter = call.capability(call.request(Sample.RelayRequest.factory).getCounter());
    var _ =
        SampleClient.next(connection.get(), counter)
            .whenComplete(
                (next, failure) -> {
                  counter.close();
                  if (failure == null) {
                    call.response(Sample.NextResponse.factory).setValue(next.getValue());
                    call.respond();
                  } else {
                    call.fail(FaultKind.FAILED, "relay: " + failure.getMessage());
                  }
                });
  }

  private void await(IncomingCall call) {
    String key = call.request(Sample.WaitRequest.factory).getKey().toString();
    waiting.put(key, call);
    call.onCancel(
        () -> {
          cancelled++;
          waiting.remove(key);
          call.fail(FaultKind.FAILED, "given up");
        });
  }

  private void wake(IncomingCall call) {
    String key = call.request(Sample.WaitRequest.factory).getKey().toString();
    IncomingCall sleeper = waiting.remove(key);
    if (sleeper == null) {
      call.fail(FaultKind.FAILED, "nobody waits for " + key);
      return;
    }
    sleeper.response(Sample.WaitResponse.factory).setKey(key);
    sleeper.respond();
    call.respond();
  }

  /** Counts on from a start. */
  static final class Counter implements CallHandler {

    private int value;

    Counter(int start) {
      value = start;
    }

    @Override
    public void call(IncomingCall call) {
      if (call.interfaceId() != Sample.Counter.INTERFACE_ID) {
        call.unimplemented();
        return;
      }
      value += call.request(Sample.NextRequest.factory).getStep();
      call.response(Sample.NextResponse.factory).setValue(value);
      call.respond();
    }
  }
}
