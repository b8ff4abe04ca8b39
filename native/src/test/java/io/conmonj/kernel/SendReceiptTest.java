package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendReceiptTest {
  private static final int SIZE = 4096;
  private static final int AT = 1024;

  private SharedMemory here;
  private SharedMemory there;
  private SendReceipt receipt;
  private SendReceipt ofAnother;

  @BeforeEach
  void open() throws Exception {
    here = SharedMemory.create("test", SIZE);
    there = SharedMemory.open(Fcntl.duplicate(here.fd()), SIZE);
    receipt = new SendReceipt(here, AT);
    ofAnother = new SendReceipt(there, AT);
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  private static ByteBuffer direct(int length) {
    ByteBuffer direct = ByteBuffer.allocateDirect(length + 1);
    direct.put("!".repeat(length + 1).getBytes(StandardCharsets.US_ASCII));
    return direct.flip().position(1);
  }

  @Test
  void whatIsSentIsKnownToWhoeverHasTheMemory() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.DATAGRAM)) {
      receipt.clear();
      assertThat(ofAnother.isGiven()).isFalse();
      ByteBuffer message = direct(300);
      assertThat(receipt.send(pair.one(), message)).isTrue();
      assertThat(message.hasRemaining()).isFalse();
      assertThat(ofAnother.isGiven()).isTrue();
      ReceivedMessage received = FdPassing.receive(pair.other(), SIZE, 1).orElseThrow();
      assertThat(received.data()).asString().isEqualTo("!".repeat(300));
    }
  }

  @Test
  void aDescriptorWithoutDataIsKnownToBeSentToo() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.DATAGRAM);
        Pipe pipe = Pipe.open()) {
      receipt.clear();
      assertThat(receipt.sendAlone(pair.one(), pipe.readEnd())).isTrue();
      assertThat(ofAnother.isGiven()).isTrue();
      ReceivedMessage received = FdPassing.receive(pair.other(), SIZE, 1).orElseThrow();
      assertThat(received.data()).isEmpty();
      Io.write(pipe.writeEnd(), new byte[] {7});
      try (Fd passed = received.descriptors().getFirst()) {
        byte[] read = new byte[1];
        assertThat(Io.read(passed, read)).isEqualTo(1);
        assertThat(read).containsExactly(7);
      }
    }
  }

  @Test
  void whatFindsNoRoomOrIsTooLongIsNotSent() throws Exception {
    try (SocketPair pair = SocketPair.open(SocketType.DATAGRAM)) {
      boolean sent = true;
      ByteBuffer message = direct(1000);
      while (sent) {
        receipt.clear();
        message.position(1);
        sent = receipt.send(pair.one(), message);
      }
      assertThat(message.remaining()).isEqualTo(1000);
      assertThat(ofAnother.isGiven()).isFalse();
    }
    try (SocketPair pair = SocketPair.open(SocketType.DATAGRAM)) {
      receipt.clear();
      assertThatThrownBy(() -> receipt.send(pair.one(), direct(4 * 1024 * 1024)))
          .isInstanceOf(KernelException.class)
          .hasMessageContaining("EMSGSIZE");
      assertThat(ofAnother.isGiven()).isFalse();
      pair.other().close();
      assertThatThrownBy(() -> receipt.send(pair.one(), direct(1)))
          .isInstanceOf(KernelException.class);
      assertThat(ofAnother.isGiven()).isFalse();
    }
  }
}
