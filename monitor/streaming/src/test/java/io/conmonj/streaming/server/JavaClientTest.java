package io.conmonj.streaming.server;

import static io.conmonj.streaming.server.TestServer.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions with the WebSocket client of the JDK, a codec that is not ours. */
@Timeout(180)
class JavaClientTest {

  @Test
  void catOverAnotherImplementationEchoesWholeMessagesAndFragments() throws Exception {
    byte[] input = new byte[3_000_001];
    new Random(1).nextBytes(input);
    input[0] = 0;
    try (TestServer server = new TestServer(Programs.cat());
        HttpClient http = HttpClient.newHttpClient()) {
      Collector collector = new Collector();
      WebSocket socket = connect(http, server.exec(ALL), collector);
      assertThat(socket.getSubprotocol()).isEqualTo("v5.channel.k8s.io");
      int cut = 1_234_567;
      send(socket, ByteBuffer.wrap(input, 0, cut), false);
      socket.sendPing(ByteBuffer.allocate(3)).get(60, TimeUnit.SECONDS);
      send(socket, ByteBuffer.wrap(input, cut, input.length - cut), true);
      send(socket, ByteBuffer.wrap(new byte[] {(byte) 255, 0}), true);
      assertThat(collector.closed.get(40, TimeUnit.SECONDS)).isEqualTo(1000);
      byte[] output = collector.channels[1].toByteArray();
      assertThat(output).hasSize(input.length - 1);
      assertThat(ByteBuffer.wrap(output)).isEqualTo(ByteBuffer.wrap(input, 1, output.length));
      assertThat(collector.channels[3].toString(StandardCharsets.UTF_8))
          .isEqualTo(Programs.SUCCESS);
      assertThat(collector.pongs).hasValue(1);
    }
  }

  static WebSocket connect(HttpClient http, URI uri, WebSocket.Listener listener) throws Exception {
    URI ws = URI.create("ws" + uri.toString().substring("http".length()));
    return http.newWebSocketBuilder()
        .subprotocols("v5.channel.k8s.io", "v4.channel.k8s.io")
        .buildAsync(ws, listener)
        .get(60, TimeUnit.SECONDS);
  }

  static void send(WebSocket socket, ByteBuffer bytes, boolean last) throws Exception {
    socket.sendBinary(bytes, last).get(40, TimeUnit.SECONDS);
  }

  static final class Collector implements WebSocket.Listener {
    final ByteArrayOutputStream[] channels = new ByteArrayOutputStream[5];
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    final AtomicInteger pongs = new AtomicInteger();
    private int channel = -1;

    Collector() {
      for (int i = 0; i < channels.length; i++) {
        channels[i] = new ByteArrayOutputStream();
      }
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      if (channel < 0) {
        channel = data.get();
      }
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      channels[channel].writeBytes(bytes);
      if (last) {
        channel = -1;
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      pongs.incrementAndGet();
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.completeExceptionally(error);
    }
  }
}
