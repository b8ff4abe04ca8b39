package io.conmonj.monitor.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrapeHandlerTest {
  private static final MetricsSource ONE =
      to -> {
        to.counter("x", "X.");
        to.value(7);
      };

  private final MetricsServer server = new MetricsServer(ONE);
  private final EmbeddedChannel channel = connect(server);

  private static EmbeddedChannel connect(MetricsServer to) {
    EmbeddedChannel made = new EmbeddedChannel();
    to.connected(made);
    return made;
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private void send(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
  }

  private String answer() {
    StringBuilder all = new StringBuilder();
    for (ByteBuf each = channel.readOutbound(); each != null; each = channel.readOutbound()) {
      all.append(each.toString(StandardCharsets.UTF_8));
      each.release();
    }
    return all.toString();
  }

  @Test
  void theMetricsAreToldAndTheConnectionIsOver() {
    send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(answer())
        .isEqualTo(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
                + "Content-Length: 51\r\nX-Content-Type-Options: nosniff\r\n"
                + "Connection: close\r\n\r\n"
                + "# HELP x_total X.\n# TYPE x_total counter\nx_total 7\n");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aRequestMayComeByteByByte() {
    for (char each : "GET /metrics?name=x HTTP/1.0\r\n\r\n".toCharArray()) {
      assertThat(answer()).isEmpty();
      send(String.valueOf(each));
    }
    assertThat(answer()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\nx_total 7\n");
  }

  @Test
  void headersAreJoinedToChooseTheFormat() {
    send(
        "GET http://any/metrics HTTP/1.1\r\naccept: text/plain;q=0.5\r\n"
            + "ACCEPT:application/openmetrics-text; version=1.0.0\r\n\r\n");
    assertThat(answer())
        .contains("Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8\r\n")
        .endsWith("x_total 7\n# EOF\n");
  }

  @Test
  void headHasTheLengthAndNoBody() {
    send("HEAD /metrics HTTP/1.1\r\n\r\n");
    assertThat(answer()).contains("Content-Length: 51\r\n").endsWith("\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "POST /metrics HTTP/1.1, 405 Method Not Allowed",
    "GET / HTTP/1.1, 404 Not Found",
    "GET /metricsx HTTP/1.1, 404 Not Found",
    "GET http://any?/metrics HTTP/1.1, 404 Not Found",
    "GET /metrics, 400 Bad Request",
    "GET /metrics HTTP/2.0, 400 Bad Request",
    "nonsense, 400 Bad Request",
  })
  void whatAsksForNothingElseIsRefusedWithTheReason(String line, String status) {
    send(line + "\r\n\r\n");
    assertThat(answer()).startsWith("HTTP/1.1 " + status + "\r\n").doesNotContain("x_total");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aHeadWithoutEndIsRefused() {
    send("GET /metrics HTTP/1.1\r\n");
    for (int i = 0; i < 8; i++) {
      assertThat(channel.isOpen()).isTrue();
      send("X: " + "x".repeat(1021));
    }
    assertThat(answer()).startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void whatFollowsTheRequestIsNotAnswered() {
    send("GET /metrics HTTP/1.1\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n");
    assertThat(answer()).containsOnlyOnce("HTTP/1.1");
  }

  @Test
  void whoSendsNoRequestIsClosedInTheEnd() {
    send("GET /met");
    channel.advanceTimeBy(9, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isTrue();
    channel.advanceTimeBy(2, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void ofTooManyConnectionsTheOldestIsClosed() {
    EmbeddedChannel[] others = new EmbeddedChannel[MetricsServer.MOST_CONNECTIONS];
    for (int i = 0; i < others.length; i++) {
      assertThat(channel.isOpen()).isTrue();
      others[i] = connect(server);
    }
    assertThat(channel.isOpen()).isFalse();
    for (EmbeddedChannel each : others) {
      assertThat(each.isOpen()).isTrue();
      each.finishAndReleaseAll();
    }
  }

  @Test
  void aSourceThatFailsEndsItsConnection() {
    EmbeddedChannel failing =
        connect(
            new MetricsServer(
                to -> {
                  throw new IllegalStateException("this test's own");
                }));
    failing.writeInbound(
        Unpooled.copiedBuffer("GET /metrics HTTP/1.1\r\n\r\n", StandardCharsets.ISO_8859_1));
    assertThat(failing.isOpen()).isFalse();
    failing.finishAndReleaseAll();
  }
}
