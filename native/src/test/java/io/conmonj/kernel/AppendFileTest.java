package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendFileTest {
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
    try (AppendFile file = AppendFile.open("/dev/full", 0600)) {
      assertThatThrownBy(() -> write(file, "x"))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOSPC));
    }
  }

  private static void write(AppendFile file, String text) throws KernelException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    assertThat(file.write(direct)).isEqualTo(bytes.length);
    assertThat(direct.hasRemaining()).isFalse();
  }
}
