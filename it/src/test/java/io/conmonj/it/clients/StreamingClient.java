package io.conmonj.it.clients;

import io.conmonj.client.transport.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A client.
 *
 * @param name in test names and of its container
 * @param checks those it can make at all
 * @param runner runs them
 */
record StreamingClient(String name, List<String> checks, Runner runner) {

  /** Runs all of a client's checks. */
  @FunctionalInterface
  interface Runner {
    /**
     * Runs them in order.
     *
     * @throws IOException when the client cannot be started
     */
    ClientRun run(StreamingBed bed) throws IOException;
  }

  /** client-go's SPDY executor, and port-forward over plain SPDY. */
  static final StreamingClient CLIENT_GO_SPDY = clientGo("spdy");

  /** client-go's WebSocket executor, which speaks v5 only, and port-forward through the tunnel. */
  static final StreamingClient CLIENT_GO_WEBSOCKET = clientGo("websocket");

  /** As kubectl does: WebSocket first, and SPDY where that is refused. */
  static final StreamingClient CLIENT_GO_FALLBACK = clientGo("fallback");

  /** crictl over SPDY, its default. */
  static final StreamingClient CRICTL_SPDY = crictl("spdy");

  /** crictl over WebSocket: v5, and port-forward through the tunnel. */
  static final StreamingClient CRICTL_WEBSOCKET = crictl("websocket");

  /** fabric8: v4 only, so it cannot end stdin without ending the session. */
  static final StreamingClient FABRIC8 =
      new StreamingClient(
          "fabric8", Check.Names.without(Check.Names.HALF_CLOSE), Fabric8Client::run);

  /** io.kubernetes:client-java. */
  static final StreamingClient OFFICIAL_JAVA =
      new StreamingClient("client-java", Check.Names.ALL, OfficialJavaClient::run);

  /** {@code @kubernetes/client-node}. */
  static final StreamingClient JAVASCRIPT =
      new StreamingClient("client-node", Check.Names.ALL, program("node"));

  /** A page in a browser, over v5. */
  static final StreamingClient BROWSER =
      new StreamingClient(
          "browser", Check.Names.ALL, program("browser", "--protocol", "v5.channel.k8s.io"));

  /** A page in a browser that wants text: v4, which cannot end stdin alone. */
  static final StreamingClient BROWSER_BASE64 =
      new StreamingClient(
          "browser-base64",
          Check.Names.without(Check.Names.HALF_CLOSE),
          program("browser", "--protocol", "v4.base64.channel.k8s.io"));

  /** The package {@code kubernetes}. */
  static final StreamingClient PYTHON =
      new StreamingClient("python", Check.Names.ALL, program("python"));

  /** Our own Java client over SPDY. */
  static final StreamingClient CONMONJ_SPDY = conmonj(Transport.SPDY);

  /** Our own Java client over WebSocket. */
  static final StreamingClient CONMONJ_WEBSOCKET = conmonj(Transport.WEBSOCKET);

  /** For one client, all its checks. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** What it does with a server that lacks nothing. */
  Expectation expectation() {
    return Expectation.works(checks);
  }

  /** Runs all its checks. */
  ClientRun run(StreamingBed bed) throws IOException {
    return runner.run(bed);
  }

  private static StreamingClient clientGo(String transport) {
    return new StreamingClient(
        "client-go-" + transport, Check.Names.ALL, program("clientgo", "--transport", transport));
  }

  private static StreamingClient crictl(String transport) {
    return new StreamingClient(
        "crictl-" + transport, Check.Names.ALL, program("crictl", "--transport", transport));
  }

  private static StreamingClient conmonj(Transport transport) {
    return new StreamingClient(
        "conmonj-" + transport, Check.Names.ALL, bed -> ConmonjClient.run(bed, transport));
  }

  private static Runner program(String name, String... options) {
    return bed -> {
      List<String> command = new ArrayList<>(ClientPrograms.command(name));
      command.addAll(List.of(options));
      command.addAll(bed.asArguments());
      return ClientRun.of(command, LIMIT);
    };
  }
}
