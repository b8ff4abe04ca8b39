package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketPathTest {
  @TempDir Path dir;

  @Test
  void aShortNameStaysAsItIs() throws Exception {
    String longest = "/" + "x".repeat(106);
    try (SocketPath path = SocketPath.of(longest)) {
      assertThat(path.address()).isEqualTo(longest);
    }
  }

  @Test
  void aLongNameIsReachedThroughItsDirectory() throws Exception {
    Path deep = Files.createDirectories(dir.resolve("d".repeat(100)).resolve("e".repeat(100)));
    Files.writeString(deep.resolve("sock"), "here");
    String address;
    try (SocketPath path = SocketPath.of(deep.resolve("sock").toString())) {
      address = path.address();
      assertThat(address.length()).isLessThanOrEqualTo(SocketPath.MAX_BYTES);
      assertThat(Files.readString(Path.of(address))).isEqualTo("here");
    }
    assertThat(Path.of(address)).doesNotExist();
  }

  @Test
  void theLimitCountsBytesAndNotCharacters() throws Exception {
    String umlauts = dir + "/" + "ü".repeat(60);
    // made by a shell, since java.nio cannot name it in every locale
    Finished.run(Finished.shell("mkdir " + umlauts));
    try (SocketPath path = SocketPath.of(umlauts + "/s")) {
      assertThat(path.address()).startsWith("/proc/self/fd/");
      assertThat(path.address().getBytes(StandardCharsets.UTF_8).length).isLessThan(108);
    }
  }

  @Test
  void aLastPartThatIsTooLongIsRefusedAndNothingLeaks() throws Exception {
    String path = dir.resolve("s".repeat(200)).toString();
    OpenFds.assertNoneLeftBy(
        () ->
            assertThatThrownBy(() -> SocketPath.of(path))
                .isInstanceOf(KernelException.class)
                .hasMessage("name socket " + path + ": ENAMETOOLONG (File name too long)"));
  }

  @Test
  void aMissingDirectoryIsNamed() {
    String path = "/no/such/" + "d".repeat(120) + "/sock";
    assertThatThrownBy(() -> SocketPath.of(path))
        .hasMessage("open /no/such/" + "d".repeat(120) + ": ENOENT (No such file or directory)");
  }
}
