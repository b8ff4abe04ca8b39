package io.conmonj.streaming.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelOutputShutdownException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  /** What a connection's handlers are told of a failure to write. */
  private static List<Throwable> told(Throwable failure) {
    List<Throwable> told = new ArrayList<>();
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                told.add(cause);
              }
            });
    new Delivery(channel.pipeline()).failed(failure);
    var _ = channel.close();
    return told;
  }

  @Test
  void wantOfMemoryWhileWritingIsNotTakenForTheEndOfAConnection() {
    Error noMemory = new OutOfMemoryError("no memory");
    assertThat(told(new ChannelOutputShutdownException("shut down", noMemory)))
        .containsExactly(noMemory);
  }

  @Test
  void anEndOfOutputThatWasWantedIsTheEndOfAConnection() {
    Throwable wanted = new ChannelOutputShutdownException("shut down");
    assertThat(told(wanted)).containsExactly(wanted);
  }
}
