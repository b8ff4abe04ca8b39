package io.conmonj.rpc;

import io.conmonj.rpc.schema.Sample;
import java.util.concurrent.Future;

/** The calls of {@code sample.capnp}, as tests make them. */
final class SampleClient {

  private final RpcConnection connection;
  private final Capability sample;

  SampleClient(RpcConnection connection) {
    this.connection = connection;
    this.sample = connection.bootstrap();
  }

  /** The object whose calls these are. */
  Capability sample() {
    return sample;
  }

  PendingCall<Sample.EchoResponse.Reader> echo(byte[] data, int times, String... texts) {
    return connection.call(
        sample,
        Sample.INTERFACE_ID,
        Sample.ECHO,
        Sample.EchoRequest.factory,
        request -> {
          request.setTimes(times);
          request.setData(data);
          var list = request.initTexts(texts.length);
          for (int i = 0; i < texts.length; i++) {
            list.set(i, new org.capnproto.Text.Reader(texts[i]));
          }
        },
        Sample.EchoResponse.factory);
  }

  PendingCall<Sample.OpenResponse.Reader> open(int start) {
    return connection.call(
        sample,
        Sample.INTERFACE_ID,
        Sample.OPEN,
        Sample.OpenRequest.factory,
        request -> request.setStart(start),
        Sample.OpenResponse.factory);
  }

  /** The counter that an answer to {@link #open} will hold. */
  static Capability counter(PendingCall<Sample.OpenResponse.Reader> open) {
    return open.pipeline(1);
  }

  PendingCall<Sample.NextResponse.Reader> next(Capability counter) {
    return next(connection, counter);
  }

  static PendingCall<Sample.NextResponse.Reader> next(
      RpcConnection connection, Capability counter) {
    return connection.call(
        counter,
        Sample.Counter.INTERFACE_ID,
        Sample.Counter.NEXT,
        Sample.NextRequest.factory,
        request -> {},
        Sample.NextResponse.factory);
  }

  PendingCall<Sample.NextResponse.Reader> relay(CallHandler counter) {
    OutgoingCall call = connection.newCall(sample, Sample.INTERFACE_ID, Sample.RELAY);
    call.setCapability(call.request(Sample.RelayRequest.factory).initCounter(), counter);
    return call.send(Sample.NextResponse.factory);
  }

  PendingCall<Sample.WaitResponse.Reader> keyed(int method, String key) {
    return connection.call(
        sample,
        Sample.INTERFACE_ID,
        method,
        Sample.WaitRequest.factory,
        request -> request.setKey(key),
        Sample.WaitResponse.factory);
  }

  /** Why a call failed, which it must have by now. */
  static RpcException failure(Future<?> call) {
    return (RpcException) call.exceptionNow();
  }
}
