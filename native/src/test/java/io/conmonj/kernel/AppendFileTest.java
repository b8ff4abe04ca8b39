package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendFileTest {
  // asm-generic/errno-base.h
  private static final int ENOSPC = 28;

  @TempDir Path dir;

  @Test
  void aNewFileHasTheModeAndIsCloseOnExec() throws Exception {
    Path path = dir.resolve("new");
    try (AppendFile file = AppendFile.open(path.toString(), 0600)) {
      assertThat(Fcntl.isCloseOnExec(file.fd())).isTrue();
      assertThat(file.size()).isZero();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void writesGoToTheEndWhereverOthersMovedIt() throws Exception {
    Path path = Files.writeString(dir.resolve("f"), "old ");
    try (AppendFile file = AppendFile.open(path.toString(), 0600)) {
      write(file, "one ");
      Files.writeString(path, "");
      write(file, "two");
      assertThat(file.size()).isEqualTo(3);
    }
    assertThat(path).hasContent("two");
  }

  @Test
  void theEndCanBeCutOff() throws Exception {
    Path path = Files.writeString(dir.resolve("f"), "whole torn");
    try (AppendFile file = AppendFile.open(path.toString(), 0600)) {
      file.truncate(6);
      write(file, "next");
    }
    assertThat(path).hasContent("whole next");
  }

  @Test
  void aSymbolicLinkIsRefused() throws Exception {
    Path target = Files.writeString(dir.resolve("target"), "untouched");
    Path link = Files.createSymbolicLink(dir.resolve("link"), target);
    assertThatThrownBy(() -> AppendFile.open(link.toString(), 0600))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ELOOP));
  }

  @Test
  void aFullDiskIsReportedByTheWrite() throws Exception {
    Path disk = Files.createDirectory(dir.resolve("disk"));
    assumeTrue(
        status("mount", "-t", "tmpfs", "-o", "size=4096", "small", disk.toString()) == 0,
        "needs to mount a tmpfs");
    try (AppendFile file = AppendFile.open(disk.resolve("f").toString(), 0600)) {
      write(file, "x".repeat(4096));
      assertThatThrownBy(() -> write(file, "x"))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(ENOSPC));
    } finally {
      assertThat(status("umount", disk.toString())).isZero();
    }
  }

  @Test
  void aFifoThatNobodyReadsIsRefusedAtOnce() throws Exception {
    Path fifo = fifo();
    assertThatThrownBy(() -> AppendFile.open(fifo.toString(), 0600))
        .isInstanceOf(NotRegularFileException.class)
        .hasMessage("it is a FIFO, not a regular file");
  }

  @Test
  void aFifoThatSomebodyReadsIsRefusedAndLeftOpenByNobody() throws Exception {
    Path fifo = fifo();
    try (Fd reader = OpenFile.open(fifo.toString(), OpenFile.O_RDWR | Fcntl.O_NONBLOCK, 0)) {
      OpenFds.assertNoneLeftBy(
          () ->
              assertThatThrownBy(() -> AppendFile.open(fifo.toString(), 0600))
                  .isInstanceOf(NotRegularFileException.class));
      assertThat(reader.closed()).isFalse();
    }
  }

  @Test
  void devicesSocketsAndDirectoriesAreRefused() throws Exception {
    assertThatThrownBy(() -> AppendFile.open("/dev/null", 0600))
        .hasMessage("it is a device, not a regular file");
    assertThatThrownBy(() -> AppendFile.open(dir.toString(), 0600)).hasMessageContaining("EISDIR");
    Path socket = dir.resolve("socket");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      assertThatThrownBy(() -> AppendFile.open(socket.toString(), 0600))
          .hasMessage("it is a socket, not a regular file");
    }
  }

  @Test
  void aFileKnowsWhetherItsNameIsStillItsOwn() throws Exception {
    Path path = dir.resolve("f");
    try (AppendFile file = AppendFile.open(path.toString(), 0600)) {
      assertThat(file.isAt(path.toString())).isTrue();
      Files.move(path, dir.resolve("moved"));
      assertThat(file.isAt(path.toString())).isFalse();
      Files.createSymbolicLink(path, dir.resolve("moved"));
      assertThat(file.isAt(path.toString())).isFalse();
      assertThat(file.isAt(dir.resolve("moved").toString())).isTrue();
    }
  }

  @Test
  void whatStandsAtItsEndCanBeRead() throws Exception {
    Path path = Files.writeString(dir.resolve("f"), "0123456789");
    try (AppendFile file = AppendFile.open(path.toString(), 0600)) {
      assertThat(file.read(7, 100)).isEqualTo("789".getBytes(StandardCharsets.UTF_8));
      write(file, "x");
      assertThat(path).hasContent("0123456789x");
    }
  }

  private static int status(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private Path fifo() throws Exception {
    Path fifo = dir.resolve("fifo");
    assertThat(status("mkfifo", fifo.toString())).isZero();
    return fifo;
  }

  private static void write(AppendFile file, String text) throws KernelException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    assertThat(file.write(direct)).isEqualTo(bytes.length);
    assertThat(direct.hasRemaining()).isFalse();
  }
}
