package io.conmonj.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.observe.Span;
import io.conmonj.monitor.observe.SpanCounts;
import io.conmonj.monitor.observe.TracingOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Collectors that are not there, or that never say anything. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DeafCollectorTest {
  private static final int SPANS = 3 * SpanQueue.MOST_SPANS;

  @Test
  void oneThatNeverAnswersHoldsNobodyUpAndGetsNoMoreThanABoundedQueue() throws Exception {
    try (ServerSocket deaf = listen()) {
      OtlpTracer tracer = tracer(deaf.getLocalPort());
      end(tracer, SPANS);
      assertThat(tracer.waiting()).isLessThanOrEqualTo(SpanQueue.MOST_SPANS);
      assertThat(tracer.counts()).isEqualTo(new SpanCounts(0, SPANS - SpanQueue.MOST_SPANS, 0));
      // Now that spans are lost the end does not wait for it.
      tracer.close().get();
    }
  }

  @Test
  void oneThatIsNotThereCostsTheSpansAndTheyAreCounted() throws Exception {
    // Taken, so that nobody else listens there.
    try (Socket nobody = new Socket()) {
      nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      OtlpTracer tracer = tracer(nobody.getLocalPort());
      end(tracer, 10);
      await(() -> tracer.counts().undelivered() == 10);
      await(() -> tracer.waiting() == 0);
      tracer.close().get();
    }
  }

  @Test
  void spansOfCallersWhoDoNotTraceAreNeitherExportedNorLost() throws Exception {
    try (ServerSocket deaf = listen()) {
      OtlpTracer tracer = tracer(deaf.getLocalPort());
      String unsampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
      Span call = tracer.beginCall("version", Map.of("traceparent", unsampled));
      call.child("promise").end();
      call.end();
      assertThat(tracer.waiting()).isZero();
      assertThat(tracer.counts()).isEqualTo(new SpanCounts(0, 0, 0));
      tracer.close().get();
    }
  }

  @Test
  void contextThatMakesNoSenseCountsAsNone() throws Exception {
    try (ServerSocket deaf = listen()) {
      OtlpTracer tracer = tracer(deaf.getLocalPort());
      for (String each : List.of("", "00", "00-0-0-00", "x".repeat(10_000), "00-\u0000")) {
        tracer.beginCall("version", Map.of("traceparent", each, "tracestate", each)).end();
      }
      assertThat(tracer.waiting()).isEqualTo(5);
    }
  }

  private static void end(OtlpTracer tracer, int spans) {
    for (int i = 0; i < spans; i++) {
      Span span = tracer.begin("some");
      span.attribute("number", i);
      span.end();
    }
  }

  private static ServerSocket listen() throws Exception {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static OtlpTracer tracer(int port) {
    return OtlpTracer.open(new TracingOptions(URI.create("http://127.0.0.1:" + port), "test"), 1);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(10);
    }
  }
}
