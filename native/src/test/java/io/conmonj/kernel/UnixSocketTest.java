package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnixSocketTest {
  private static final long SHUTDOWN = LibC.symbol("shutdown");
  // linux/net.h
  private static final int SHUT_WR = 1;

  @TempDir Path dir;
  private String path;

  @BeforeEach
  void choosePath() {
    path = dir.resolve("sock").toString();
  }

  @ParameterizedTest
  @EnumSource(names = {"STREAM", "SEQPACKET"})
  void whatAClientSendsArrivesAndAnswersGoBack(SocketType type) throws Exception {
    try (Fd listener = UnixSocket.listen(type, path);
        Fd client = UnixSocket.connect(type, path);
        Fd server = UnixSocket.accept(listener).orElseThrow()) {
      byte[] read = new byte[8];
      assertThat(Io.read(server, read)).isZero();
      assertThat(Io.write(client, new byte[] {1, 2, 3})).isEqualTo(3);
      assertThat(Io.read(server, read)).isEqualTo(3);
      assertThat(Io.write(server, new byte[] {4})).isEqualTo(1);
      assertThat(Io.read(client, read)).isEqualTo(1);
      assertThat(LibC.toInt(LibC.call(SHUTDOWN, client.number(), SHUT_WR))).isZero();
      assertThat(Io.read(server, read)).isEqualTo(Io.END);
      assertThat(Io.write(server, new byte[] {5})).isEqualTo(1);
    }
  }

  @Test
  void everySocketIsNonBlockingAndCloseOnExec() throws Exception {
    try (Fd listener = UnixSocket.listen(SocketType.STREAM, path);
        Fd client = UnixSocket.connect(SocketType.STREAM, path);
        Fd server = UnixSocket.accept(listener).orElseThrow()) {
      for (Fd socket : new Fd[] {listener, client, server}) {
        assertThat(FileFlags.isNonBlocking(socket)).isTrue();
        assertThat(Fcntl.isCloseOnExec(socket)).isTrue();
      }
    }
  }

  @Test
  void theFileIsItsOwnersOnlyWhateverTheUmask() throws Exception {
    int before = Umask.set(0);
    try (Fd listener = UnixSocket.listen(SocketType.STREAM, path)) {
      assertThat(listener.closed()).isFalse();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(path))))
          .isEqualTo("rw-------");
    } finally {
      Umask.set(before);
    }
  }

  @Test
  void aNameOfAnyLengthWorks() throws Exception {
    Path deep = Files.createDirectories(dir.resolve("d".repeat(120)).resolve("e".repeat(120)));
    String longPath = deep.resolve("sock").toString();
    try (Fd listener = UnixSocket.listen(SocketType.SEQPACKET, longPath);
        Fd client = UnixSocket.connect(SocketType.SEQPACKET, longPath)) {
      assertThat(client.closed()).isFalse();
      UnixSocket.accept(listener).orElseThrow().close();
      assertThat(Path.of(longPath)).exists();
    }
  }

  @Test
  void withoutAWaitingConnectionThereIsNothingToAccept() throws Exception {
    try (Fd listener = UnixSocket.listen(SocketType.STREAM, path)) {
      assertThat(UnixSocket.accept(listener)).isEmpty();
    }
  }

  @Test
  void packetsKeepTheirBoundaries() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.SEQPACKET)) {
      Io.write(pair.one(), new byte[] {1, 2});
      Io.write(pair.one(), new byte[] {3});
      assertThat(Io.read(pair.other(), new byte[8])).isEqualTo(2);
      assertThat(Io.read(pair.other(), new byte[8])).isEqualTo(1);
    }
  }

  @Test
  void aNameInUseIsRefusedAndStaysInUse() throws Exception {
    try (Fd listener = UnixSocket.listen(SocketType.STREAM, path)) {
      assertThatThrownBy(() -> UnixSocket.listen(SocketType.STREAM, path))
          .isInstanceOf(KernelException.class)
          .hasMessage("bind " + path + ": EADDRINUSE (Address already in use)");
      UnixSocket.connect(SocketType.STREAM, path).close();
      assertThat(UnixSocket.accept(listener)).isPresent().get().satisfies(Fd::close);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STREAM", "SEQPACKET"})
  void aLiveSocketIsToldFromAStaleOneAndFromNone(SocketType type) throws Exception {
    assertThat(UnixSocket.isLive(path)).isFalse();
    Fd listener = UnixSocket.listen(type, path);
    assertThat(UnixSocket.isLive(path)).isTrue();
    listener.close();
    assertThat(Path.of(path)).exists();
    assertThat(UnixSocket.isLive(path)).isFalse();
  }

  @Test
  void connectingToWhatIsNoSocketIsAnError() throws Exception {
    Files.writeString(Path.of(path), "");
    assertThatThrownBy(() -> UnixSocket.connect(SocketType.STREAM, path))
        .hasMessage("connect to " + path + ": ECONNREFUSED (Connection refused)");
  }

  @Test
  void thePeerOfAConnectionIsKnown() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.STREAM)) {
      PeerCredentials peer = PeerCredentials.of(pair.one());
      assertThat(peer.pid()).isEqualTo(ThisProcess.pid());
      assertThat(peer.uid()).isEqualTo((int) Files.getAttribute(dir, "unix:uid"));
      assertThat(peer.gid()).isEqualTo((int) Files.getAttribute(Path.of("/proc/self"), "unix:gid"));
    }
  }

  @Test
  void failuresLeaveNothingOpen() throws Exception {
    try (Fd listener = UnixSocket.listen(SocketType.STREAM, path)) {
      assertThat(listener.closed()).isFalse();
      OpenFds.assertNoneLeftBy(
          () -> {
            assertThatThrownBy(() -> UnixSocket.listen(SocketType.STREAM, path))
                .isInstanceOf(KernelException.class);
            assertThatThrownBy(() -> UnixSocket.connect(SocketType.SEQPACKET, path))
                .hasMessageContaining("EPROTOTYPE");
          });
    }
  }
}
