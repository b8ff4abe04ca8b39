package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FdPassingTest {
  private static final byte[] DATA = {7, 0, 7};

  @ParameterizedTest
  @EnumSource(SocketType.class)
  void severalDescriptorsArriveInOrderBesideTheData(SocketType type) throws Exception {
    try (SocketPair pair = SocketPair.open(type);
        Pipe first = Pipe.open();
        Pipe second = Pipe.open()) {
      List<Fd> sent = List.of(first.writeEnd(), second.writeEnd(), first.readEnd());
      assertThat(FdPassing.send(pair.one(), DATA, sent)).isEqualTo(3);
      try (ReceivedMessage message = FdPassing.receive(pair.other(), 16, 3).orElseThrow()) {
        assertThat(message.data()).isEqualTo(DATA);
        assertThat(message.descriptors()).hasSize(3).allMatch(fd -> cloexec(fd));
        assertThat(message.descriptorsLost()).isFalse();
        assertThat(message.dataTruncated()).isFalse();
        Io.write(message.descriptors().get(1), new byte[] {42});
        byte[] read = new byte[1];
        assertThat(Io.read(second.readEnd(), read)).isEqualTo(1);
        assertThat(read[0]).isEqualTo((byte) 42);
      }
    }
  }

  private static boolean cloexec(Fd fd) {
    try {
      return Fcntl.isCloseOnExec(fd);
    } catch (KernelException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void asManyAsTheKernelAllowsGoInOneMessage() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.SEQPACKET);
        Pipe pipe = Pipe.open()) {
      List<Fd> most = Collections.nCopies(FdPassing.MAX_DESCRIPTORS, pipe.readEnd());
      assertThat(FdPassing.send(pair.one(), DATA, most)).isEqualTo(3);
      try (ReceivedMessage message =
          FdPassing.receive(pair.other(), 16, FdPassing.MAX_DESCRIPTORS).orElseThrow()) {
        assertThat(message.descriptors()).hasSize(253);
        assertThat(message.descriptorsLost()).isFalse();
      }
      List<Fd> tooMany = Collections.nCopies(254, pipe.readEnd());
      assertThatThrownBy(() -> FdPassing.send(pair.one(), DATA, tooMany))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatIsPeekedAtIsThereForTheNextOneWithDescriptorsOfItsOwn() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.SEQPACKET);
        Pipe pipe = Pipe.open()) {
      assertThat(FdPassing.peek(pair.other(), 16, 1)).isEmpty();
      FdPassing.send(pair.one(), DATA, List.of(pipe.writeEnd()));
      FdPassing.peek(pair.other(), 16, 1).orElseThrow().close();
      try (ReceivedMessage message = FdPassing.receive(pair.other(), 16, 1).orElseThrow()) {
        assertThat(message.data()).isEqualTo(DATA);
        Io.write(message.descriptors().getFirst(), new byte[] {42});
        assertThat(Io.read(pipe.readEnd(), new byte[1])).isEqualTo(1);
      }
      assertThat(FdPassing.receive(pair.other(), 16, 1)).isEmpty();
    }
  }

  @Test
  void descriptorsBeyondThoseAskedForAreClosedAndReported() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.STREAM);
        Pipe pipe = Pipe.open()) {
      OpenFds.assertNoneLeftBy(
          () -> {
            FdPassing.send(pair.one(), DATA, List.of(pipe.readEnd(), pipe.readEnd()));
            try (ReceivedMessage message = FdPassing.receive(pair.other(), 16, 1).orElseThrow()) {
              assertThat(message.descriptors()).hasSize(1);
              assertThat(message.descriptorsLost()).isTrue();
            }
          });
    }
  }

  @Test
  void aPacketThatIsLongerThanAskedForIsReported() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.SEQPACKET)) {
      FdPassing.send(pair.one(), DATA, List.of());
      try (ReceivedMessage message = FdPassing.receive(pair.other(), 2, 0).orElseThrow()) {
        assertThat(message.data()).containsExactly(7, 0);
        assertThat(message.dataTruncated()).isTrue();
      }
      assertThat(FdPassing.receive(pair.other(), 2, 0)).isEmpty();
    }
  }

  @Test
  void theEndIsToldFromNothingNow() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.SEQPACKET)) {
      assertThat(FdPassing.receive(pair.one(), 16, 1)).isEmpty();
      pair.other().close();
      try (ReceivedMessage message = FdPassing.receive(pair.one(), 16, 1).orElseThrow()) {
        assertThat(message.isEnd()).isTrue();
      }
    }
  }

  @Test
  void aFullSocketTakesNothingNow() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.SEQPACKET)) {
      byte[] packet = new byte[8192];
      int packets = 0;
      while (FdPassing.send(pair.one(), packet, List.of()) > 0) {
        packets++;
      }
      assertThat(packets).isPositive();
      try (ReceivedMessage message = FdPassing.receive(pair.other(), 8192, 0).orElseThrow()) {
        assertThat(message.data()).hasSize(8192);
      }
    }
  }

  @Test
  void aPeerThatIsGoneIsAnError() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.STREAM)) {
      pair.other().close();
      assertThatThrownBy(() -> FdPassing.send(pair.one(), DATA, List.of()))
          .isInstanceOf(KernelException.class)
          .hasMessageContaining("EPIPE");
    }
  }

  @Test
  void aDescriptorGoesAloneInADatagramUntilThereIsNoRoom() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.DATAGRAM);
        Pipe pipe = Pipe.open()) {
      int sent = 0;
      while (FdPassing.sendAlone(pair.one(), pipe.readEnd())) {
        sent++;
      }
      assertThat(sent).isPositive();
      for (int i = 0; i < sent; i++) {
        ReceivedMessage message = FdPassing.receive(pair.other(), 1, 1).orElseThrow();
        assertThat(message.data()).isEmpty();
        assertThat(message.descriptors()).hasSize(1);
        message.descriptors().getFirst().close();
      }
    }
  }
}
