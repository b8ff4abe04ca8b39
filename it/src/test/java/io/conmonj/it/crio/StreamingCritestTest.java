package io.conmonj.it.crio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * With {@code stream_websockets = true}: what is different then, exec and attach, over both
 * transports.
 */
class StreamingCritestTest extends CritestContract {
  @Override
  boolean webSockets() {
    return true;
  }

  @Override
  String focus() {
    return "Streaming";
  }

  @Override
  Stream<String> specs() {
    return streams();
  }

  @Test
  void execAndAttachPassOverWebSocketToo() throws Exception {
    Critest critest =
        run("Streaming.*support (exec|attach)", "-websocket-exec", "-websocket-attach");
    List<String> specs = execAndAttach().toList();
    assertThat(critest.specs()).containsOnlyKeys(specs);
    assertThat(critest.specs().values()).containsOnly("passed");
  }
}
