package io.conmonj.monitor.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.OutboundStream;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.TerminalSizes;
import io.conmonj.streaming.memory.MemoryAccount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VainInputTest {
  private final Client client = new Client();
  private final VainInput vain = new VainInput(client, () -> client.ended = true);

  private void type(String text) {
    ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    vain.data(bytes);
    assertThat(bytes.refCnt()).isZero();
  }

  @Test
  void whoTypesAtAContainerWithoutStdinIsToldSoOnce() {
    type("hello\n");
    type("anybody there?\n");
    assertThat(client.read)
        .hasToString("the container has no stdin: what is typed does not reach it\n");
    assertThat(client.ended).isFalse();
  }

  @Test
  void whoSendsNothingButTheEndIsNotTroubledAndEnds() {
    vain.end();
    assertThat(client.read).isEmpty();
    assertThat(client.ended).isTrue();
  }

  /** What a client sees on its error output. */
  private static final class Client implements SessionStreams, OutboundStream {
    private final StringBuilder read = new StringBuilder();
    private boolean ended;

    @Override
    public void write(ByteBuf bytes) {
      read.append(bytes.toString(StandardCharsets.UTF_8));
      bytes.release();
    }

    @Override
    public boolean isWritable() {
      return true;
    }

    @Override
    public void onWritable(Runnable action) {}

    @Override
    public void end() {}

    @Override
    public Optional<InboundStream> stdin() {
      return Optional.empty();
    }

    @Override
    public Optional<OutboundStream> stdout() {
      return Optional.empty();
    }

    @Override
    public Optional<OutboundStream> stderr() {
      return Optional.of(this);
    }

    @Override
    public TerminalSizes terminalSizes() {
      throw new UnsupportedOperationException();
    }

    @Override
    public MemoryAccount memory() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public void onDisconnect(Runnable action) {}
  }
}
