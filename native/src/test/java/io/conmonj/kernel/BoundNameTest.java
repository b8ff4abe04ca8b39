package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundNameTest {
  @TempDir Path work;
  private Path directory;
  private Path path;
  private Fd socket;
  private BoundName name;

  @BeforeEach
  void bind() throws Exception {
    directory = Files.createDirectory(work.resolve("run"));
    path = directory.resolve("socket");
    socket = UnixSocket.listen(SocketType.STREAM, path.toString());
    name = BoundName.of(path.toString());
  }

  @AfterEach
  void close() {
    name.close();
    socket.close();
  }

  @Test
  void itsFileIsRemoved() throws Exception {
    assertThat(name.isGone()).isFalse();
    name.remove();
    assertThat(path).doesNotExist();
    assertThat(name.isGone()).isTrue();
    name.remove();
  }

  @Test
  void aFileThatAnotherHasPutThereStays() throws Exception {
    Files.delete(path);
    assertThat(name.isGone()).isTrue();
    try (Fd other = UnixSocket.listen(SocketType.STREAM, path.toString())) {
      name.remove();
      assertThat(UnixSocket.isLive(path.toString())).isTrue();
      assertThat(UnixSocket.accept(other))
          .isPresent()
          .get()
          .extracting(Fd::closed)
          .isEqualTo(false);
    }
    assertThat(name.isGone()).isTrue();
  }

  @Test
  void aFileThatWasMovedWithItsDirectoryIsNotGoneAndIsNotLookedFor() throws Exception {
    Path moved = Files.move(directory, work.resolve("moved"));
    assertThat(name.isGone()).isFalse();
    name.remove();
    assertThat(moved.resolve("socket")).exists();
  }

  @Test
  void aDirectoryThatIsNoneAnyMoreIsNoFailure() throws Exception {
    Files.delete(path);
    Files.delete(directory);
    Files.createFile(directory);
    name.remove();
    assertThat(name.isGone()).isTrue();
  }
}
