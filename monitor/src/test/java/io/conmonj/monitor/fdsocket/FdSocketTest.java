package io.conmonj.monitor.fdsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.Pipe;
import io.conmonj.kernel.SocketType;
import io.conmonj.kernel.UnixSocket;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.state.Keeping;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FdSocketTest {
  @TempDir Path directory;
  private LoopThread thread;
  private FdSocket socket;
  private Path path;
  private Pipe pipe;

  @BeforeEach
  void start() throws Exception {
    thread = LoopThread.start();
    path = directory.resolve("conmon-fd.sock");
    socket = new FdSocket(thread.loop(), path, Keeping.NONE);
    pipe = Pipe.open();
  }

  @AfterEach
  void stop() throws Exception {
    thread.run(socket::close);
    thread.close();
    pipe.close();
  }

  private SendingClient client() throws Exception {
    return SendingClient.connect(thread.call(socket::start));
  }

  private List<Fd> take(long... slots) throws Exception {
    List<Long> list = new ArrayList<>();
    for (long slot : slots) {
      list.add(slot);
    }
    return thread.call(() -> socket.take(list, List.of()).additional());
  }

  private void awaitHeld(int count) throws Exception {
    long deadline = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (thread.call(socket::held) != count) {
      assertThat(System.nanoTime()).as("%s are held in time", count).isLessThan(deadline);
      Thread.sleep(1);
    }
  }

  private static int openDescriptors() {
    return new File("/proc/self/fd").list().length;
  }

  @Test
  void nothingIsThereBeforeItIsAskedFor() throws Exception {
    assertThat(path).doesNotExist();
    assertThatThrownBy(() -> take(7)).hasMessage("no file descriptor in slot 7");
    assertThat(thread.call(socket::start)).isEqualTo(path).isEqualTo(thread.call(socket::start));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void whatAKilledMonitorLeftIsReplacedAndAtTheEndNothingIsLeft() throws Exception {
    UnixSocket.listen(SocketType.SEQPACKET, path.toString()).close();
    SendingClient client = client();
    client.send(1, pipe.writeEnd());
    thread.run(socket::close);
    assertThat(path).doesNotExist();
    assertThat(client.hasEnded()).isTrue();
    assertThatThrownBy(() -> thread.call(socket::start)).hasMessageContaining("stopping");
    client.close();
  }

  @Test
  void descriptorsAreTakenOnceInTheOrderInWhichTheyAreNamed() throws Exception {
    try (SendingClient client = client();
        SendingClient other = client()) {
      assertThat(client.send(4, pipe.readEnd(), pipe.writeEnd())).containsExactly(1, 2);
      assertThat(other.send(4, pipe.writeEnd())).containsExactly(3);
      List<Fd> taken = take(3, 1);
      byte[] byteRead = new byte[1];
      assertThat(Io.write(taken.get(0), new byte[] {42})).isEqualTo(1);
      assertThat(Io.read(taken.get(1), byteRead)).isEqualTo(1);
      assertThat(byteRead).containsExactly(42);
      assertThat(Fcntl.isCloseOnExec(taken.get(0))).isTrue();
      assertThatThrownBy(() -> take(3)).hasMessage("no file descriptor in slot 3");
      taken.forEach(Fd::close);
    }
  }

  @Test
  void aSlotThatIsMissingCostsTheOthersThatWereNamed() throws Exception {
    try (SendingClient client = client()) {
      long[] slots = client.send(1, pipe.readEnd(), pipe.writeEnd());
      assertThatThrownBy(() -> take(slots[0], 99, slots[1]))
          .hasMessage("no file descriptor in slot 99");
      assertThat(thread.call(socket::held)).isZero();
    }
  }

  @Test
  void oneSlotCannotBeBothPassedOnAndHeld() throws Exception {
    try (SendingClient client = client()) {
      long slot = client.send(1, pipe.readEnd())[0];
      assertThatThrownBy(() -> thread.call(() -> socket.take(List.of(slot), List.of(slot))))
          .hasMessage("no file descriptor in slot 1");
      assertThat(thread.call(socket::held)).isZero();
    }
  }

  @Test
  void aClientThatGoesTakesWhatIsNotTakenAndNoMore() throws Exception {
    try (SendingClient staying = client()) {
      staying.send(1, pipe.readEnd());
      int before = openDescriptors();
      SendingClient going = client();
      long[] slots = going.send(1, pipe.readEnd(), pipe.writeEnd());
      List<Fd> taken = take(slots[0]);
      going.close();
      awaitHeld(2);
      assertThatThrownBy(() -> take(slots[1])).hasMessageContaining("no file descriptor");
      taken.forEach(Fd::close);
      assertThat(thread.call(socket::held)).isEqualTo(1);
      assertThat(openDescriptors()).isEqualTo(before);
    }
  }

  @Test
  void aClientThatGoesBeforeItsReplyLeavesNothing() throws Exception {
    try (SendingClient first = client()) {
      first.send(1, pipe.readEnd());
    }
    awaitHeld(0);
    int before = openDescriptors();
    for (int i = 0; i < 50; i++) {
      try (SendingClient client = client()) {
        client.packet(SendingClient.request(i, 2), List.of(pipe.readEnd(), pipe.writeEnd()));
      }
    }
    try (SendingClient last = client()) {
      last.send(1, pipe.readEnd());
    }
    awaitHeld(0);
    // One that has sent nothing yet when it goes is seen to go at a moment of its own.
    long deadline = System.nanoTime() + LoopThread.PATIENCE.toNanos();
    while (openDescriptors() != before) {
      assertThat(System.nanoTime()).as("all are closed").isLessThan(deadline);
      Thread.sleep(1);
    }
  }

  @Test
  void zeroClosesWhatThatClientSentAndHasNoReply() throws Exception {
    try (SendingClient client = client();
        SendingClient other = client()) {
      client.send(1, pipe.readEnd());
      other.send(1, pipe.readEnd());
      client.packet(SendingClient.request(0, 0), List.of(pipe.writeEnd()));
      assertThat(client.send(2, pipe.writeEnd())).containsExactly(3);
      assertThat(thread.call(socket::held)).isEqualTo(2);
      assertThatThrownBy(() -> take(1)).hasMessageContaining("no file descriptor");
    }
  }

  @Test
  void whatIsNoRequestIsAnsweredAndTheNextOneIsServed() throws Exception {
    try (SendingClient client = client()) {
      client.packet(new byte[7], List.of(pipe.readEnd()));
      assertThat(client.refusal(0)).contains("8 bytes");
      byte[] longer = new byte[20];
      longer[4] = 9;
      client.packet(longer, List.of(pipe.readEnd()));
      assertThat(client.refusal(9)).contains("8 bytes");
      client.packet(SendingClient.request(-5, 2), List.of(pipe.readEnd()));
      assertThat(client.refusal(-5)).isEqualTo("2 file descriptors were announced and 1 arrived");
      client.packet(SendingClient.request(6, 257), List.of(pipe.readEnd()));
      assertThat(client.refusal(6)).startsWith("257 file descriptors were announced");
      assertThat(thread.call(socket::held)).isZero();
      assertThat(client.send(7, pipe.readEnd())).containsExactly(1);
    }
  }

  @Test
  void noMoreAreHeldThanTheBoundAllowsBeforeAndAfterTheyAreTaken() throws Exception {
    Fd[] many = new Fd[253];
    try (Fd nothing = OpenFile.forReading("/dev/null");
        SendingClient client = client()) {
      Arrays.fill(many, nothing);
      int batches = FdSlots.MAX_HELD / many.length;
      for (int i = 0; i < batches; i++) {
        assertThat(client.send(i + 1, many)).hasSize(many.length);
      }
      List<Fd> taken = take(client.send(99, nothing)[0]);
      client.packet(SendingClient.request(100, many.length), List.of(many));
      assertThat(client.refusal(100)).startsWith("too many file descriptors: 1013 are held");
      assertThat(thread.call(socket::held)).isEqualTo(batches * many.length + 1);
      client.packet(SendingClient.request(0, 0), List.of());
      assertThat(client.send(101, many)).hasSize(many.length);
      taken.forEach(Fd::close);
    }
  }

  @Test
  void aClientThatReadsNoRepliesIsNotReadButGetsThemAll() throws Exception {
    try (SendingClient client = client();
        SendingClient other = client()) {
      int sent = 0;
      int refusedInARow = 0;
      // Both directions are full when nothing moves any more.
      while (refusedInARow < 50) {
        if (client.packet(SendingClient.request(sent + 1, 0), List.of())) {
          sent++;
          refusedInARow = 0;
        } else {
          refusedInARow++;
          Thread.sleep(2);
        }
      }
      assertThat(other.send(1, pipe.readEnd())).containsExactly(1);
      for (int i = 0; i < sent; i++) {
        ByteBuffer reply = client.reply();
        assertThat(reply.getInt()).isZero();
        assertThat(reply.getInt()).isEqualTo(i + 1);
      }
      assertThat(client.send(-1, pipe.readEnd())).containsExactly(2);
    }
  }

  @Test
  void oneClientTooManyIsCutOffAndTheOthersGoOn() throws Exception {
    List<SendingClient> clients = new ArrayList<>();
    for (int i = 0; i < FdListener.MAX_CLIENTS; i++) {
      clients.add(client());
    }
    clients.getLast().send(1, pipe.readEnd());
    try (SendingClient late = client()) {
      assertThat(late.hasEnded()).isTrue();
    }
    clients.getFirst().send(1, pipe.readEnd());
    clients.forEach(SendingClient::close);
  }
}
