package io.conmonj.streaming.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams that this side opens, as a client does; those of a server have tests of their own. */
class SpdyStreamsTest {
  private final List<String> sent = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final SpdyStreams streams = new SpdyStreams(new Recorder());
  private final SpdyStream stream = streams.open(1, new Listener());

  @Test
  void thatThePeerTakesAStreamIsToldOnce() {
    streams.received(new DefaultSpdySynReplyFrame(1));
    streams.received(new DefaultSpdySynReplyFrame(1));
    streams.received(data(1, "x", false));
    assertThat(heard).containsExactly("accepted", "x");
  }

  @Test
  void aReplyMayEndThePeersSide() {
    SpdySynReplyFrame reply = new DefaultSpdySynReplyFrame(1);
    reply.setLast(true);
    streams.received(reply);
    assertThat(heard).containsExactly("accepted", "ended");
  }

  @Test
  void aStreamIsThereUntilBothSidesHaveEnded() {
    stream.end();
    assertThat(streams.size()).isOne();
    streams.received(data(1, "x", true));
    assertThat(streams.size()).isZero();
    assertThat(heard).containsExactly("x", "ended");
    assertThat(sent).containsExactly("end 1");
  }

  @Test
  void whatComesForAStreamThatIsNotThereIsDropped() {
    stream.reset(SpdyStreamStatus.CANCEL);
    SpdyDataFrame late = data(1, "x", true);
    streams.received(late);
    streams.received(new DefaultSpdyRstStreamFrame(1, SpdyStreamStatus.CANCEL));
    assertThat(late.refCnt()).isZero();
    assertThat(heard).isEmpty();
    assertThat(sent).containsExactly("reset 1 5");
  }

  @Test
  void afterAResetByThePeerNothingMoreIsSent() {
    streams.received(new DefaultSpdyRstStreamFrame(1, SpdyStreamStatus.REFUSED_STREAM));
    ByteBuf late = Unpooled.copiedBuffer("x", StandardCharsets.US_ASCII);
    stream.write(late);
    stream.end();
    stream.reset(SpdyStreamStatus.CANCEL);
    assertThat(late.refCnt()).isZero();
    assertThat(heard).containsExactly("reset");
    assertThat(sent).isEmpty();
    assertThat(streams.size()).isZero();
  }

  private static SpdyDataFrame data(int stream, String text, boolean last) {
    ByteBuf content = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    return new DefaultSpdyDataFrame(stream, content).setLast(last);
  }

  private final class Listener implements SpdyStreamListener {
    @Override
    public void accepted() {
      heard.add("accepted");
    }

    @Override
    public void data(ByteBuf bytes) {
      heard.add(bytes.toString(StandardCharsets.US_ASCII));
      bytes.release();
    }

    @Override
    public void ended() {
      heard.add("ended");
    }

    @Override
    public void reset() {
      heard.add("reset");
    }
  }

  private final class Recorder implements SpdyStreamOwner {
    @Override
    public void sendReply(int id) {
      sent.add("reply " + id);
    }

    @Override
    public void sendData(int id, ByteBuf bytes) {
      sent.add("data " + id);
      bytes.release();
    }

    @Override
    public void sendEnd(int id) {
      sent.add("end " + id);
    }

    @Override
    public void sendReset(int id, SpdyStreamStatus status) {
      sent.add("reset " + id + " " + status.code());
    }
  }
}
