package io.conmonj.monitor.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FdPassing;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.Pty;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.monitor.loop.LoopThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleSocketTest {
  private static final byte[] NAME = {'p', 't', 's'};

  @TempDir Path directory;
  private LoopThread thread;
  private ConsoleSockets sockets;
  private ConsoleSocket console;

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
    sockets = new ConsoleSockets(thread.loop(), directory, List.of());
    console = thread.call(sockets::open);
  }

  @AfterEach
  void stop() throws Exception {
    thread.run(console::close);
    thread.close();
  }

  private void send(List<Fd> descriptors) throws KernelException {
    try (Fd socket = UnixSocket.connect(SocketType.STREAM, console.path())) {
      FdPassing.send(socket, NAME, descriptors);
    }
  }

  @Test
  void theTerminalThatWasSentArrivesAndTheSocketIsGone() throws Exception {
    assertThat(Path.of(console.path())).exists();
    try (Pty pty = Pty.open()) {
      int number = pty.number();
      send(List.of(pty.master()));
      try (Pty arrived = LoopThread.await(console.terminal())) {
        assertThat(arrived.number()).isEqualTo(number);
      }
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void somethingThatIsNotATerminalIsRefused() throws Exception {
    try (Fd file = OpenFile.forReading("/dev/null")) {
      send(List.of(file));
    }
    assertThatThrownBy(() -> LoopThread.await(console.terminal()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ENOTTY");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void theSlaveInPlaceOfTheMasterIsRefused() throws Exception {
    try (Pty pty = Pty.open();
        Fd slave = OpenFile.forReadingAndWriting("/dev/pts/" + pty.number())) {
      send(List.of(slave));
    }
    assertThatThrownBy(() -> LoopThread.await(console.terminal())).hasMessageContaining("ENOTTY");
  }

  @Test
  void aMessageWithoutADescriptorOrWithTwoIsRefused() throws Exception {
    send(List.of());
    assertThatThrownBy(() -> LoopThread.await(console.terminal()))
        .hasMessageContaining("without exactly one descriptor");
    console = thread.call(sockets::open);
    try (Pty pty = Pty.open()) {
      send(List.of(pty.master(), pty.master()));
    }
    assertThatThrownBy(() -> LoopThread.await(console.terminal()))
        .hasMessageContaining("without exactly one descriptor");
  }

  @Test
  void aConnectionThatIsClosedEarlyIsReported() throws Exception {
    UnixSocket.connect(SocketType.STREAM, console.path()).close();
    assertThatThrownBy(() -> LoopThread.await(console.terminal()))
        .hasMessage("console socket: closed by the runtime without a terminal");
  }

  @Test
  void onlyTheFirstConnectionGetsIn() throws Exception {
    try (Fd first = UnixSocket.connect(SocketType.STREAM, console.path())) {
      while (Files.exists(Path.of(console.path()))) {
        thread.run(() -> {});
      }
      assertThatThrownBy(() -> UnixSocket.connect(SocketType.STREAM, console.path()))
          .hasMessageContaining("ENOENT");
      try (Pty pty = Pty.open()) {
        FdPassing.send(first, NAME, List.of(pty.master()));
        LoopThread.await(console.terminal()).close();
      }
    }
  }

  @Test
  void aSocketThatAKilledMonitorLeftBehindIsReplaced() throws Exception {
    Path left = directory.resolve("console-2.sock");
    UnixSocket.listen(SocketType.STREAM, left.toString()).close();
    assertThat(left).exists();
    ConsoleSocket next = thread.call(sockets::open);
    assertThat(next.path()).isEqualTo(left.toString());
    UnixSocket.connect(SocketType.STREAM, next.path()).close();
    thread.run(next::close);
  }

  @Test
  void closingItEndsTheWait() throws Exception {
    thread.run(console::close);
    assertThatThrownBy(() -> LoopThread.await(console.terminal())).hasMessageContaining("closed");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whereTheOwnDirectoryHasTooLongANameAPrivateOneIsMadeAndRemoved() throws Exception {
    Path longName = Files.createDirectories(directory.resolve("x".repeat(100)));
    Path fallback = Files.createDirectories(directory.resolve("f"));
    ConsoleSockets elsewhere =
        new ConsoleSockets(
            thread.loop(), longName, List.of(directory.resolve("missing"), fallback));
    ConsoleSocket socket = thread.call(elsewhere::open);
    Path parent = Path.of(socket.path()).getParent();
    assertThat(parent.getParent()).isEqualTo(fallback);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parent)))
        .isEqualTo("rwx------");
    thread.run(socket::close);
    assertThat(fallback).isEmptyDirectory();
  }

  @Test
  void withoutAnyPlaceTheErrorNamesTheReason() {
    ConsoleSockets nowhere =
        new ConsoleSockets(
            thread.loop(),
            directory.resolve("x".repeat(100)),
            List.of(directory.resolve("missing")));
    assertThatThrownBy(() -> thread.call(nowhere::open))
        .hasMessageStartingWith("make a directory for console sockets: ")
        .hasMessageEndingWith("/missing: no such file or directory");
  }
}
