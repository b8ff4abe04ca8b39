package io.conmonj.it.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.client.model.MemoryUse;
import io.conmonj.client.model.ServerInfo;
import io.conmonj.client.model.SessionUse;
import io.conmonj.client.transport.Replies;
import io.conmonj.it.hostile.Offenders;
import io.conmonj.it.pod.Await;
import io.conmonj.it.pod.EchoPod;
import io.conmonj.it.pod.NeedsContainers;
import io.conmonj.it.pod.Runc;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.WebSocketPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a monitor tells of its budget. */
@NeedsContainers
@Timeout(180)
class BudgetUseTest {
  private EchoPod pod;

  @TempDir private Path directory;

  @BeforeEach
  void start() throws IOException {
    pod = EchoPod.start(directory);
  }

  @AfterEach
  void stop() throws IOException {
    pod.close();
  }

  @Test
  void everyAccountIsToldWithItsLimitAndEachKindOfSessionToo() throws Exception {
    ServerInfo info = info();
    assertThat(info.runtime()).isEqualTo(Runc.find().toString());
    assertThat(info.processId()).isEqualTo(pod.pod().monitor().processId());
    assertThat(info.memory())
        .extracting(MemoryUse::name)
        .contains("output", "viewers", "replay", "answers", "sessions", "compression", "pairs")
        .contains("requests");
    assertThat(info.memory()).allSatisfy(each -> assertThat(each.limitBytes()).isPositive());
    assertThat(info.sessions())
        .containsExactly(
            new SessionUse("all", 0, 256),
            new SessionUse("exec", 0, 192),
            new SessionUse("attach", 0, 192),
            new SessionUse("port-forward", 0, 128));
  }

  @Test
  void whatASessionHoldsIsToldWhileItIsConnected() throws Exception {
    try (WebSocketPeer one = Offenders.execThatNeverReads(pod);
        SpdyPeer other = Offenders.spdyExecThatNeverReads(pod)) {
      assertThat(one).isNotNull();
      assertThat(other).isNotNull();
      Await.until("two are connected", () -> info().sessions().get(1).connected() == 2);
      Await.until("their output waits", () -> held("sessions") > 0);
      assertThat(held("compression")).isPositive();
      assertThat(info().sessions()).startsWith(new SessionUse("all", 2, 256));
    }
    Await.until("nothing is held for them", () -> held("sessions") + held("compression") == 0);
    assertThat(info().sessions()).startsWith(new SessionUse("all", 0, 256));
  }

  private long held(String name) {
    return info().memory().stream()
        .filter(each -> each.name().equals(name))
        .mapToLong(MemoryUse::heldBytes)
        .sum();
  }

  private ServerInfo info() {
    try {
      return Replies.await(pod.pod().monitor().serverInfo());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
