package io.conmonj.monitor.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.state.Handover;
import io.conmonj.monitor.state.Inheritance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attach sockets when their worker is killed and another goes on with them. */
@Timeout(180)
class AttachHandoverTest {
  private static final int STDOUT = 2;

  @TempDir Path directory;
  private AttachBed bed;
  private Handover handover;

  /** The worker that is killed: what is on this loop is dead when it ends. */
  private LoopThread killed;

  private AttachSockets before;

  @BeforeEach
  void start() throws Exception {
    handover = Handover.start();
    killed = LoopThread.start();
    bed = new AttachBed(directory, handover);
    EventLoop loop = killed.loop();
    before = killed.call(() -> bed.sockets(loop, handover.keeping(loop)));
  }

  @AfterEach
  void stop() throws Exception {
    bed.close();
    handover.close();
  }

  private void openBefore(Container container, Path path) throws Exception {
    killed.await(() -> before.open(container, path.toString(), false));
    // Its state is written at the end of the turn.
    killed.run(() -> {});
  }

  private Inheritance kill() throws Exception {
    killed.close();
    return handover.kill();
  }

  private void restore(Inheritance left, Container... running) {
    bed.call(
        () -> {
          bed.sockets.restore(
              left, id -> Stream.of(running).filter(each -> each.id().equals(id)).findFirst());
          return null;
        });
  }

  @Test
  void whoConnectsWhileThereIsNoWorkerIsServedByTheNext() throws Exception {
    Container container = bed.running(false, "sh", "-c", "read line; echo got $line; sleep 1000");
    Path path = bed.path("attach");
    openBefore(container, path);
    Inheritance left = kill();
    try (PacketClient client = PacketClient.connect(path)) {
      client.type("hello\n");
      restore(left, container);
      PacketClient.await("output", () -> client.text(STDOUT).equals("got hello\n"));
    }
    bed.connect(path).close();
    assertThat(left.left()).isEmpty();
  }

  @Test
  void nobodyIsToldOfOneThatTheNextWorkerWouldNotKnow() throws Exception {
    Container container = bed.running(false, "sleep", "100000");
    Path path = bed.path("attach");
    handover.refuse(state -> state.getAttachSockets().size() > 0);
    CompletableFuture<Void> opened =
        killed.call(() -> before.open(container, path.toString(), false));
    handover.awaitRefusals();
    assertThat(opened).isNotDone();
    handover.refuse(state -> false);
    LoopThread.await(opened);
    restore(kill(), container);
    bed.connect(path).close();
  }

  @Test
  void theFileIsRemovedWithTheContainerAsIfOneHadMadeAndRemovedIt() throws Exception {
    Container container = bed.running(false, "sleep", "100000");
    Path path = bed.path("attach");
    openBefore(container, path);
    restore(kill(), container);
    bed.connect(path).close();
    AttachSocketsTest.end(bed, container);
    assertThat(path).doesNotExist();
  }

  @Test
  void theFileOfAnotherThatHasComeMeanwhileStays() throws Exception {
    Container container = bed.running(false, "sleep", "100000");
    Path path = bed.path("attach");
    openBefore(container, path);
    Inheritance left = kill();
    Files.delete(path);
    Files.writeString(path, "another's");
    restore(left, container);
    AttachSocketsTest.end(bed, container);
    assertThat(path).hasContent("another's");
  }

  @Test
  void theSocketOfAContainerThatIsNoMoreIsRemoved() throws Exception {
    Container container = bed.running(false, "sleep", "100000");
    Path path = bed.path("attach");
    openBefore(container, path);
    Inheritance left = kill();
    AttachSocketsTest.end(bed, container);
    restore(left);
    PacketClient.await("the file is gone", () -> Files.notExists(path));
    assertThat(left.left()).isEmpty();
  }

  @Test
  void aSocketThatIsAskedForAgainIsTheSame() throws Exception {
    Container container = bed.running(false, "sleep", "100000");
    Path path = bed.path("attach");
    openBefore(container, path);
    restore(kill(), container);
    try (PacketClient client = bed.connect(path)) {
      bed.open(container, path, false);
      bed.connect(path).close();
      assertThat(client.hasEnded()).isFalse();
    }
    assertThat(bed.call(() -> bed.sockets.count(container))).isEqualTo(1);
  }
}
