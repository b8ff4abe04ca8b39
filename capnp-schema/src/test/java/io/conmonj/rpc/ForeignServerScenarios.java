package io.conmonj.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.rpc.schema.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** What our client does with a server of {@code sample.capnp} that is not ours. */
final class ForeignServerScenarios {

  private static final int MIB = 1024 * 1024;

  private final UnixEndpoint endpoint;
  private final RpcConnection connection;
  private final SampleClient client;

  ForeignServerScenarios(UnixEndpoint endpoint, RpcConnection connection) throws Exception {
    this.endpoint = endpoint;
    this.connection = connection;
    this.client = endpoint.on(() -> new SampleClient(connection));
  }

  void runAll() throws Exception {
    callsRightBehindTheBootstrap();
    pipelines();
    callsConcurrently();
    takesBigAnswers();
    cancels();
    seesErrors();
    givesObjects();
    closes();
  }

  private void callsRightBehindTheBootstrap() throws Exception {
    Sample.EchoResponse.Reader echo =
        endpoint.await(() -> client.echo(new byte[] {1, 2, 3}, 2, "x", "ü"));
    assertThat(echo.getData().get(1).toArray()).isEqualTo(new byte[] {1, 2, 3});
    assertThat(echo.getTexts().get(1).toString()).isEqualTo("ü");
  }

  private void pipelines() throws Exception {
    List<Capability> counter = new ArrayList<>();
    Sample.NextResponse.Reader next =
        endpoint.await(
            () -> {
              counter.add(SampleClient.counter(client.open(41)));
              return client.next(counter.getFirst());
            });
    assertThat(next.getValue()).isEqualTo(42);
    assertThat(endpoint.await(() -> client.next(counter.getFirst())).getValue()).isEqualTo(43);
    endpoint.on(
        () -> {
          counter.getFirst().close();
          return null;
        });
  }

  private void callsConcurrently() throws Exception {
    List<PendingCall<Sample.WaitResponse.Reader>> sleepers = new ArrayList<>();
    endpoint.on(
        () -> {
          for (int i = 0; i < 100; i++) {
            sleepers.add(client.keyed(Sample.WAIT, Integer.toString(i)));
          }
          return null;
        });
    Collections.reverse(sleepers);
    for (int i = 99; i >= 0; i--) {
      String key = Integer.toString(i);
      endpoint.await(() -> client.keyed(Sample.WAKE, key));
      assertThat(UnixEndpoint.get(sleepers.get(99 - i)).getKey().toString()).isEqualTo(key);
    }
  }

  private void takesBigAnswers() throws Exception {
    byte[] data = new byte[3 * MIB];
    Arrays.fill(data, (byte) 'd');
    String[] texts = Collections.nCopies(50, "t".repeat(10_000)).toArray(String[]::new);
    Sample.EchoResponse.Reader echo = endpoint.await(() -> client.echo(data, 10, texts));
    assertThat(echo.getData().size()).isEqualTo(10);
    assertThat(echo.getData().get(9).toArray()).isEqualTo(data);
    assertThat(echo.getTexts().get(49).toString()).isEqualTo(texts[49]);
  }

  private void cancels() throws Exception {
    PendingCall<?> sleeper = endpoint.on(() -> client.keyed(Sample.WAIT, "never"));
    endpoint.await(() -> client.echo(new byte[0], 1));
    assertThat(endpoint.<Boolean>on(() -> sleeper.cancel(false))).isTrue();
    endpoint.await(() -> client.echo(new byte[0], 1));
    assertThatThrownBy(() -> endpoint.await(() -> client.keyed(Sample.WAKE, "never")))
        .hasMessageContaining("nobody waits");
  }

  private void seesErrors() {
    assertThatThrownBy(() -> endpoint.await(() -> client.keyed(Sample.FAIL, "x")))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(RpcException.class)
        .hasMessageContaining("fail as asked: x");
    assertThatThrownBy(() -> endpoint.await(() -> client.keyed(99, "x")))
        .cause()
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(FaultKind.UNIMPLEMENTED));
  }

  private void givesObjects() throws Exception {
    assertThat(endpoint.await(() -> client.relay(new SampleServer.Counter(6))).getValue())
        .isEqualTo(7);
  }

  private void closes() throws Exception {
    PendingCall<?> sleeper = endpoint.on(() -> client.keyed(Sample.WAIT, "closing"));
    endpoint.on(
        () -> {
          connection.close();
          return null;
        });
    assertThatThrownBy(() -> UnixEndpoint.get(sleeper))
        .cause()
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.kind()).isEqualTo(FaultKind.DISCONNECTED));
  }
}
