package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketTest {
  private static final int BYTES = 64;

  @Test
  void aPacketArrivesWithItsDescriptorsAndTheRoomIsUsedAgain() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.SEQPACKET);
        Pipe pipe = Pipe.open();
        Packet sent = new Packet(BYTES);
        Packet received = new Packet(BYTES)) {
      for (int i = 0; i < 3; i++) {
        sent.clear(BYTES);
        sent.putInt(0, 100 + i);
        sent.putByte(4, 250);
        sent.putShort(6, 65_000);
        sent.putLong(8, -5);
        List<Fd> descriptors = Collections.nCopies(i * 100, pipe.readEnd());
        assertThat(sent.send(pair.one(), 16 + i, descriptors)).isTrue();
        assertThat(received.receive(pair.other())).isEqualTo(16 + i);
        assertThat(received.getInt(0)).isEqualTo(100 + i);
        assertThat(received.getByte(4)).isEqualTo(250);
        assertThat(received.getShort(6)).isEqualTo(65_000);
        assertThat(received.getLong(8)).isEqualTo(-5);
        assertThat(received.truncated()).isFalse();
        List<Fd> taken = received.takeDescriptors();
        assertThat(taken).hasSize(i * 100);
        for (Fd each : taken) {
          assertThat(Fcntl.isCloseOnExec(each)).isTrue();
          each.close();
        }
      }
    }
  }

  @Test
  void nothingAndTheEndAreToldApart() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.SEQPACKET);
        Packet packet = new Packet(BYTES)) {
      assertThat(packet.receive(pair.one())).isEqualTo(Packet.NOTHING);
      pair.other().close();
      assertThat(packet.receive(pair.one())).isZero();
      assertThatThrownBy(() -> packet.send(pair.one(), 1, List.of()))
          .isInstanceOfSatisfying(
              KernelException.class, gone -> assertThat(gone.errno()).isEqualTo(Errno.EPIPE));
    }
  }

  @Test
  void aFullQueueTakesNoMore() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.SEQPACKET);
        Packet packet = new Packet(BYTES)) {
      int sent = 0;
      while (packet.send(pair.one(), BYTES, List.of())) {
        sent++;
      }
      assertThat(Poll.readableOrWritable(pair.one(), 0)).isFalse();
      assertThat(packet.receive(pair.other())).isEqualTo(BYTES);
      for (int i = 1; i < sent; i++) {
        assertThat(packet.receive(pair.other())).isEqualTo(BYTES);
      }
      assertThat(Poll.readableOrWritable(pair.one(), 0)).isTrue();
    }
  }

  @Test
  void whatIsTooLongIsSaidToBe() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.SEQPACKET);
        Packet packet = new Packet(BYTES)) {
      FdPassing.send(pair.one(), new byte[BYTES + 1], List.of());
      assertThat(packet.receive(pair.other())).isEqualTo(BYTES);
      assertThat(packet.truncated()).isTrue();
    }
  }

  @Test
  void droppedDescriptorsAreClosed() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.SEQPACKET);
        Pipe pipe = Pipe.open();
        Packet packet = new Packet(BYTES)) {
      OpenFds.assertNoneLeftBy(
          () -> {
            packet.send(pair.one(), 1, Collections.nCopies(7, pipe.readEnd()));
            packet.receive(pair.other());
            packet.dropDescriptors();
            packet.dropDescriptors();
          });
    }
  }
}
