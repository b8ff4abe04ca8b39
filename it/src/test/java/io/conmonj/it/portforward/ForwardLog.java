package io.conmonj.it.portforward;

import io.conmonj.client.portforward.ForwardedPort;
import io.conmonj.client.portforward.PortForwardListener;
import io.conmonj.it.pod.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What was told of forwarded connections. */
public final class ForwardLog implements PortForwardListener {
  private final AtomicInteger connections = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  @Override
  public void connected(ForwardedPort port) {
    int _ = connections.incrementAndGet();
  }

  @Override
  public void failed(ForwardedPort port, String message) {
    failures.add(message);
  }

  /** How many have connected. */
  public int connections() {
    return connections.get();
  }

  /** What the server said of those that failed. */
  public List<String> failures() {
    return failures;
  }

  /** Waits for a failure whose message has a text in it. */
  public void awaitFailure(String text) {
    Await.until(
        "a failure with " + text,
        () -> failures.stream().anyMatch(message -> message.contains(text)));
  }
}
