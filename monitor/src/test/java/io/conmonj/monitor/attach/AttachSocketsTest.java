package io.conmonj.monitor.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.monitor.container.Container;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The files of attach sockets, from the first call to the container's end. */
@Timeout(180)
class AttachSocketsTest {
  @TempDir Path directory;
  private AttachBed bed;

  @BeforeEach
  void start() throws Exception {
    bed = new AttachBed(directory);
  }

  @AfterEach
  void stop() throws Exception {
    bed.close();
  }

  private Container sleeping() throws Exception {
    return bed.running(false, "sleep", "100000");
  }

  @Test
  void aSocketWithALongNameInDirectoriesThatWereMissingIsItsOwnersOnly() throws Exception {
    Path path = bed.path("d".repeat(120)).resolve("e".repeat(100)).resolve("attach");
    Container container = sleeping();
    bed.open(container, path, false);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    bed.connect(path).close();
    end(container);
    assertThat(path).doesNotExist();
    assertThat(path.getParent()).isDirectory();
  }

  @Test
  void askingAgainDoesNoHarmAndAFileThatAClientRemovedIsMadeAnew() throws Exception {
    Path path = bed.path("attach");
    Container container = sleeping();
    bed.open(container, path, false);
    try (PacketClient first = bed.connect(path)) {
      bed.open(container, path, false);
      bed.connect(path).close();
      Files.delete(path);
      bed.open(container, path, false);
      bed.connect(path).close();
      assertThat(first.hasEnded()).isFalse();
    }
  }

  @Test
  void manyCallsAtOnceAllSucceed() throws Exception {
    Path path = bed.path("attach");
    Container container = sleeping();
    bed.pod.thread.await(
        () -> {
          var one = bed.sockets.open(container, path.toString(), false);
          var two = bed.sockets.open(container, path.toString(), true);
          return CompletableFuture.allOf(one, two);
        });
    bed.connect(path).close();
  }

  @Test
  void aSocketThatNobodyListensOnIsReplaced() throws Exception {
    Path path = Files.createDirectories(bed.path("")).resolve("attach");
    UnixSocket.listen(SocketType.SEQPACKET, path.toString()).close();
    bed.open(sleeping(), path, false);
    bed.connect(path).close();
  }

  @Test
  void whatBelongsToOthersStaysAsItIs() throws Exception {
    Path path = Files.createDirectories(bed.path("")).resolve("attach");
    Container container = sleeping();
    Files.writeString(path, "mine");
    assertThatThrownBy(() -> bed.open(container, path, false))
        .hasRootCauseMessage(path + " is a regular file");
    assertThat(path).hasContent("mine");
    Files.delete(path);
    try (Fd stranger = UnixSocket.listen(SocketType.SEQPACKET, path.toString())) {
      assertThatThrownBy(() -> bed.open(container, path, false))
          .hasRootCauseMessage("somebody else listens on " + path);
      assertThat(UnixSocket.accept(stranger)).as("nobody has connected to it").isEmpty();
    }
    bed.open(container, path, false);
    assertThatThrownBy(() -> bed.open(sleeping(), path, false))
        .hasMessageContaining(path + " is the attach socket of container " + container.id());
  }

  @Test
  void anotherContainerMayHaveTheNameAfterTheFirstOnesEnd() throws Exception {
    Path path = bed.path("attach");
    Container first = sleeping();
    bed.open(first, path, false);
    end(first);
    Container second = sleeping();
    bed.open(second, path, false);
    bed.connect(path).close();
  }

  @Test
  void aContainerHasABoundedNumberOfSockets() throws Exception {
    Container container = sleeping();
    for (int i = 0; i < AttachSockets.MOST_OF_A_CONTAINER; i++) {
      bed.open(container, bed.path("attach" + i), false);
    }
    assertThatThrownBy(() -> bed.open(container, bed.path("more"), false))
        .hasMessageContaining("has 16 attach sockets already");
  }

  @Test
  void aThousandClientsLeaveNoDescriptorBehind() throws Exception {
    Container container = sleeping();
    bed.attach(container).close();
    PacketClient.await("the end of its session", () -> bed.sessions().isEmpty());
    int before = descriptors();
    for (int i = 0; i < 1000; i++) {
      PacketClient.connect(bed.path(container.id())).close();
    }
    PacketClient.await("descriptors as before: " + before, () -> descriptors() <= before);
  }

  private void end(Container container) throws Exception {
    end(bed, container);
  }

  static void end(AttachBed bed, Container container) throws Exception {
    bed.pod.thread.run(container::kill);
    bed.pod.exit(container);
    PacketClient.await("no socket", () -> bed.call(() -> bed.sockets.count(container)) == 0);
  }

  private static int descriptors() {
    return new File("/proc/self/fd").list().length;
  }
}
