package io.conmonj.client.portforward;

import io.conmonj.streaming.wire.SpdyStreamListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The error stream of a forwarded connection: any text on it means that it has failed. */
final class ErrorText implements SpdyStreamListener {
  /** The longest text kept, in bytes. */
  private static final int MAX_TEXT = 4 << 10;

  private final Consumer<String> failed;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  /** Told once, when the stream has ended, and only if there was a text. */
  ErrorText(Consumer<String> failed) {
    this.failed = failed;
  }

  @Override
  public void data(ByteBuf bytes) {
    int kept = Math.min(bytes.readableBytes(), MAX_TEXT - text.size());
    text.writeBytes(ByteBufUtil.getBytes(bytes, bytes.readerIndex(), kept));
    bytes.release();
  }

  @Override
  public void ended() {
    tell();
  }

  @Override
  public void reset() {
    tell();
  }

  private void tell() {
    if (text.size() > 0) {
      failed.accept(text.toString(StandardCharsets.UTF_8).strip());
      text.reset();
    }
  }
}
